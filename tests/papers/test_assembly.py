"""Joining finished PDFs: tags, bookmarks, links and fonts read back from the result; foreign files let in and named."""

from __future__ import annotations

import io
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from discovery.papers.assembly import Joined, Part, joined
from discovery.papers.errors import PaperRefused
from discovery.papers.file_information import About, Attached
from discovery.papers.rendering import Rendered, render
from discovery.papers.stamping import stamped
from discovery.papers.tagging import elements
from tests.papers import samples
from tests.papers.reading import artifacts, findings, opened, outline, pages

ABOUT = About("All papers", "en-US", "Tecum 9.9", "2025-06-18T09:30:00-07:00", author="HUESTON HENNIGAN LLP")


def foreign(*words: str, rotate: int = 0, **root: Any) -> bytes:
    """Return an untagged PDF as a scanner's software writes it, one page a word."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for word in words:
        page = pdf.add_blank_page()
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"q 2 0 0 2 0 0 cm BT /F1 12 Tf 72 200 Td ({word}) Tj ET".encode())
        page.obj.Rotate = rotate
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    target = io.BytesIO()
    pdf.save(target, static_id=True)
    return target.getvalue()


@pytest.fixture(scope="module")
def notice() -> Rendered:
    return render(samples.canonical(parts=("notice",)), release=samples.RELEASE)


@pytest.fixture(scope="module")
def both(package: Rendered, notice: Rendered) -> Joined:
    return joined([Part(package.pdf, ("Meta", "Package")), Part(notice.pdf, ("Meta", "Notice")), Part(package.pdf, ("X",))], ABOUT)


def test_pages_stand_one_after_the_other_with_their_own_words(both: Joined, package: Rendered, notice: Rendered) -> None:
    assert pages(both.pdf) == pages(package.pdf) + pages(notice.pdf) + pages(package.pdf)
    assert (both.pages, both.untagged) == (package.pages * 2 + notice.pages, ())


def test_the_whole_follows_ua_and_says_so(both: Joined) -> None:
    assert findings(both.pdf) == []
    with opened(both.pdf) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "en-US"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Title": "All papers",
            "/Author": "HUESTON HENNIGAN LLP",
            "/Creator": "Tecum 9.9",
            "/Producer": "Tecum 9.9",
            "/CreationDate": "D:20250618093000-07'00",
            "/ModDate": "D:20250618093000-07'00",
        }


def read_aloud(pdf: bytes) -> list[tuple[str, int, int]]:
    """Return (tag, page, marked-content number) of everything that the structure tree reads, in its order."""
    found = []
    with opened(pdf) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages)}

        def walk(element: Any) -> None:
            kids = element.get("/K", [])
            for kid in [kids] if isinstance(kids, Dictionary | int) else list(kids):
                if isinstance(kid, int):
                    found.append((str(element.S), numbers[element.Pg.objgen], kid))
                elif kid.get("/S") is not None:
                    assert kid.P.objgen == element.objgen
                    walk(kid)

        for top in document.Root.StructTreeRoot.K:
            walk(top)
        rows = dict(pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree).items())
        for page in document.pages:  # the way back: from the page's own content to its element
            row = rows[int(page.obj.StructParents)]
            for mcid, element in enumerate(row):
                if element is not None:
                    kids = list(element.K) if isinstance(element.K, Array) else [element.K]
                    assert element.Pg.objgen == page.objgen
                    assert mcid in kids
    return found


def test_the_tags_read_each_part_in_turn(both: Joined, package: Rendered, notice: Rendered) -> None:
    one, two = read_aloud(package.pdf), read_aloud(notice.pdf)
    moved = [(tag, page + package.pages, mcid) for tag, page, mcid in two]
    again = [(tag, page + package.pages + notice.pages, mcid) for tag, page, mcid in one]
    assert read_aloud(both.pdf) == one + moved + again
    with opened(both.pdf) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        assert [(str(part.S), str(part.T)) for part in document.K] == [("/Part", "Package"), ("/Part", "Notice"), ("/Part", "X")]
        assert str(document.S) == "/Document"


def test_bookmarks_stand_under_recipient_and_paper(both: Joined, package: Rendered, notice: Rendered) -> None:
    assert outline(both.pdf) == [
        ("Meta", [("Package", outline(package.pdf)), ("Notice", outline(notice.pdf))]),
        ("X", outline(package.pdf)),
    ]
    assert outline(joined([Part(package.pdf), Part(notice.pdf)], ABOUT).pdf) == outline(package.pdf) + outline(notice.pdf)


def test_equal_pages_and_fonts_are_there_once(both: Joined, package: Rendered) -> None:
    with opened(both.pdf) as pdf:
        first, last = pdf.pages[0].obj, pdf.pages[-package.pages].obj
        assert first.Contents.objgen == last.Contents.objgen
        assert first.Resources.Font.objgen == last.Resources.Font.objgen
        assert first.objgen != last.objgen
    assert len(both.pdf) < 1.6 * len(package.pdf)


def test_equal_parts_give_equal_bytes(both: Joined, package: Rendered, notice: Rendered) -> None:
    parts = [Part(package.pdf, ("Meta", "Package")), Part(notice.pdf, ("Meta", "Notice")), Part(package.pdf, ("X",))]
    assert joined(iter(parts), ABOUT).pdf == both.pdf


def test_a_foreign_file_is_let_in_and_named(notice: Rendered) -> None:
    made = joined([Part(notice.pdf, ("Notice",)), Part(foreign("Scan"), ("Exhibit A",))], ABOUT)
    assert made.untagged == ("Exhibit A",)
    assert pages(made.pdf)[-1] == "Scan"
    with opened(made.pdf) as pdf:
        assert "pdfuaid:part" not in pdf.open_metadata()
        assert not bool(pdf.Root.MarkInfo.Marked)
        assert "/StructParents" not in pdf.pages[-1].obj
    assert len(read_aloud(joined([Part(notice.pdf)], ABOUT).pdf)) == len(read_aloud(notice.pdf))


def test_the_whole_carries_a_file_of_the_papers_own_date(notice: Rendered) -> None:
    attached = Attached("about.json", "What it is made of", b'{"a": 1}', "application/json")
    made = joined([Part(notice.pdf)], ABOUT, attached)
    assert findings(made.pdf) == []
    with opened(made.pdf) as pdf:
        specification = pdf.attachments["about.json"]
        assert specification.get_file().read_bytes() == attached.content
        assert str(specification.obj.EF.F.Subtype) == "/application/json"
        assert str(specification.obj.EF.F.Params.ModDate) == "D:20250618093000-07'00"
    assert joined([Part(notice.pdf)], ABOUT, attached).pdf == made.pdf


def test_what_acts_by_itself_stays_outside() -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf = pikepdf.open(io.BytesIO(foreign("One", "Two", OpenAction=script, AA=Dictionary(WC=script))))
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("x"), script])),
        Dests=Dictionary(Names=Array([String("second"), Array([pdf.pages[1].obj, Name.Fit])])),
    )
    links = [Dictionary(S=Name.Launch, F=String("calc.exe")), Dictionary(S=Name.GoTo, D=String("second"), Next=script)]
    pdf.pages[0].obj.Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=link)) for link in links]
    )
    pdf.pages[0].obj.AA = Dictionary(O=script)
    source = io.BytesIO()
    pdf.save(source)
    made = joined([Part(foreign("Before"), ("1",)), Part(source.getvalue(), ("2",)), Part(source.getvalue(), ("3",))], ABOUT)
    for word in (b"JavaScript", b"app.alert", b"Launch", b"calc.exe", b"OpenAction"):
        assert word not in uncompressed(made.pdf)
    with opened(made.pdf) as whole:
        assert [annotation.get("/A") is None for annotation in whole.pages[1].obj.Annots] == [True, False]
        assert whole.pages[1].obj.Annots[1].A.D[0].objgen == whole.pages[2].objgen
        assert whole.pages[3].obj.Annots[1].A.D[0].objgen == whole.pages[4].objgen
        assert sorted(pikepdf.NameTree(whole.Root.Names.Dests).keys()) == ["3-second", "second"]


def test_a_field_does_nothing_by_itself_and_no_note_carries_a_file() -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf = pikepdf.open(io.BytesIO(foreign("One")))
    held = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=pdf.make_stream(b"MZ carried"))))
    boxes = [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]))) for _ in range(2)]
    group = Dictionary(FT=Name.Tx, T=String("sum"), Kids=Array(boxes), AA=Dictionary(C=script), A=script)
    top = pdf.make_indirect(Dictionary(T=String("top"), Kids=Array([pdf.make_indirect(group)]), AA=Dictionary(C=script)))
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=held))
    pdf.pages[0].obj.Annots = Array([*boxes, note])
    pdf.pages[0].obj.AF = Array([held])
    pdf.Root.AcroForm = Dictionary(Fields=Array([top]))
    source = io.BytesIO()
    pdf.save(source)

    made = joined([Part(source.getvalue(), ("Exhibit A",))], ABOUT)

    for word in (b"JavaScript", b"app.alert", b"x.exe", b"MZ carried"):
        assert word not in uncompressed(made.pdf)
    with opened(made.pdf) as whole:
        assert (len(whole.pages[0].obj.Annots), len(whole.Root.AcroForm.Fields[0].Kids[0].Kids)) == (2, 2)


def uncompressed(pdf: bytes) -> bytes:
    target = io.BytesIO()
    with opened(pdf) as document:
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def tagged_with(role: str, identifier: str) -> bytes:
    """Return a tagged file whose tag /Note means `role` and whose one element is called `identifier`."""
    pdf = pikepdf.open(io.BytesIO(foreign("Word")))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name("/Note"), ID=String(identifier), P=root, K=0, Pg=pdf.pages[0].obj)
    )
    root.K = element
    root.RoleMap = Dictionary(Note=Name(role))
    root.ParentTree = Dictionary(Nums=Array([0, Array([element])]))
    root.IDTree = Dictionary(Names=Array([String(identifier), element]))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    pdf.pages[0].obj.StructParents = 0
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def test_names_that_mean_different_things_are_kept_apart() -> None:
    made = joined([Part(tagged_with("/P", "n1")), Part(tagged_with("/H1", "n1")), Part(tagged_with("/P", "n2"))], ABOUT)
    with opened(made.pdf) as pdf:
        tree = pdf.Root.StructTreeRoot
        notes = [(str(element.S), str(element.ID)) for element in elements(tree.K[0]) if "/ID" in element]
        assert sorted(notes) == [("/Note", "n1"), ("/Note", "n2"), ("/Note-2", "2-n1")]
        assert {key: str(value) for key, value in tree.RoleMap.items()} == {"/Note": "/P", "/Note-2": "/H1"}
        assert sorted(pikepdf.NameTree(tree.IDTree).keys()) == ["2-n1", "n1", "n2"]
    assert len(made.untagged) == 3  # tagged, but without a word that it follows PDF/UA


def test_form_fields_of_one_name_stay_two_fields() -> None:
    def form() -> bytes:
        pdf = pikepdf.open(io.BytesIO(foreign("Form")))
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=Array([0, 0, 9, 9]), V=String("v"))
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 0 Tf"))
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()

    with opened(joined([Part(form()), Part(form())], ABOUT).pdf) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["name", "name-2"]
        assert pdf.Root.AcroForm.Fields[1].objgen == pdf.pages[1].obj.Annots[0].objgen


def locked() -> bytes:
    target = io.BytesIO()
    pikepdf.open(io.BytesIO(foreign("Secret"))).save(target, encryption=pikepdf.Encryption(owner="o", user=""))
    return target.getvalue()


@pytest.mark.parametrize(
    ("pdf", "said"),
    [
        (b"%PDF-1.7\nnothing", "“Exhibit B” is damaged or no PDF. Print it to PDF anew and attach that."),
        (foreign("Cut off")[:-300], "“Exhibit B” is damaged or no PDF. Print it to PDF anew and attach that."),
        (locked(), "“Exhibit B” is protected by a password or against changes. Save a copy without protection and attach that."),
        (foreign(), "“Exhibit B” has no pages."),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(pdf: bytes, said: str) -> None:
    with pytest.raises(PaperRefused) as caught:
        joined([Part(foreign("One"), ("Exhibit A",)), Part(pdf, ("Exhibits", "Exhibit B"))], ABOUT)
    assert str(caught.value) == said


def test_nothing_joined_is_refused() -> None:
    with pytest.raises(PaperRefused):
        joined([], ABOUT)


def test_a_stamp_can_be_searched_and_is_not_read_aloud(notice: Rendered) -> None:
    numbers = [f"OPENAI_{number:06}" for number in range(1, notice.pages + 1)]
    made = stamped(notice.pdf, numbers, kind="bates")
    assert [page.replace(number, "").split() for page, number in zip(pages(made), numbers, strict=True)] == [
        page.split() for page in pages(notice.pdf)
    ]
    assert findings(made) == []
    assert read_aloud(made) == read_aloud(notice.pdf)
    assert [len(after) - len(before) for after, before in zip(artifacts(made), artifacts(notice.pdf), strict=True)] == [
        1
    ] * notice.pages
    assert len(made) - len(notice.pdf) < 12_000
    assert stamped(notice.pdf, numbers, kind="bates") == made


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_stamp_stands_upright_in_the_corner_of_a_turned_page(rotate: int) -> None:
    made = stamped(foreign("Turned", rotate=rotate), ["A-1"])
    document = pypdfium2.PdfDocument(made)
    page = document[0]
    picture = page.render(scale=1).to_pil().convert("L")
    wide, high = picture.size
    corner = [(x, y) for x in range(wide - 60, wide) for y in range(high - 40, high) if cast("int", picture.getpixel((x, y))) < 128]
    across = max(x for x, _y in corner) - min(x for x, _y in corner)
    down = max(y for _x, y in corner) - min(y for _x, y in corner)
    assert (across > down, "A-1" in page.get_textpage().get_text_bounded()) == (True, True)
    document.close()


def test_a_stamp_of_other_letters_is_refused() -> None:
    with pytest.raises(PaperRefused) as caught:
        stamped(foreign("One"), ["Ж 1"])
    assert str(caught.value) == "A stamp is made of plain letters, digits and signs; “Ж” is not one of them."
