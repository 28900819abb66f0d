"""Generated court papers with hostile words: the corpus that the grid of pleading paper is proven on.

Text that is printed double spaced has an "ð" in nearly each word, text that is printed single spaced a "þ": so the finished PDF
itself says which of its lines are which.
"""

from __future__ import annotations

from random import Random

from discovery.papers.declaration import ConferredItem, DeclarationPaper, HeldConference, NarrowedItem, PromisedItem
from discovery.papers.dispute_papers import OutlinePaper, OutlinePart, PrintedAnswer, QuotedRequest, StatementPaper
from discovery.papers.proof_of_service import CertificatePaper
from discovery.papers.response import PrintedAnswer as AnsweredRequest
from discovery.papers.response import PrintedObjection, ResponsePaper
from discovery.papers.snapshots import Caption, Certificate, CounselBlock, Labelled, NumberedItem, Paper, PrintedExhibit, Recipient
from tests.papers import samples

STYLES = ("cand-28", "ca-28", "pleading-25")
DOUBLE, SINGLE = "ð", "þ"
PLAIN = (
    "documents",
    "and",
    "communications",
    "concerning",
    "any",
    "actual",
    "or",
    "considered",
    "change",
    "of",
    "the",
    "agreement",
)
HOSTILE = (
    "北京字节跳动科技有限公司",
    "株式会社アイ",
    "삼성전자",
    "שלום עולם וכל המסמכים",
    "مرحبا بالعالم",
    "e\u0301t\u0323a\u0302\u0301",
    "Ångström-ﬁ",
    "anti\u00addis\u00adestab\u00adlish\u00adment\u00adari\u00adan\u00adism",
    "☐☑→≠",
    "Rule 26(b)(1)",
    "45(d)(2)(B)(ii)",
    "^[",
    "Привет",
    "x²⁴₃",
)
CREATED = "2025-06-18T09:30:00-07:00"


class Words:
    """Makes texts; every choice comes from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # the same papers in every run

    def word(self, mark: str) -> str:
        """Return a word, marked with how it is spaced, or what fonts and line breaking find hard."""
        chance = self.random.random()
        if chance < 0.12:
            return self.random.choice(HOSTILE)
        if chance < 0.125:
            return mark + "w" * self.random.randint(60, 300)
        return self.random.choice(PLAIN) + mark

    def sentence(self, mark: str, most: int = 22) -> str:
        """Return a sentence of up to `most` words."""
        return " ".join(self.word(mark) for _ in range(self.random.randint(1, most)))

    def text(self, mark: str, *, notes: bool = True) -> str:
        """Return typed text: paragraphs, enumerations, blank lines, quotations, footnotes."""
        made = []
        for number in range(self.random.randint(1, 3)):
            lead = self.random.choice(("", "", f"({number + 1}) ", "(a) ", "(i) ", "(iv) ", "\n", "    "))
            note = f"^[{self.sentence(SINGLE, 40)} [{self.word(SINGLE)}]]" if notes and self.random.random() < 0.3 else ""
            made.append(f"{lead}{self.sentence(mark)}{note} {self.sentence(mark, 20)}")
        if self.random.random() < 0.002:
            made.append(mark * 10_000)
        return "\n".join(made)

    def caption(self, style: str) -> Caption:
        """Return a caption with one party or many on a side."""
        sides = [
            ",\n".join(f"{SINGLE}PARTY {self.word(SINGLE).upper()} {n}" for n in range(1, self.random.choice((1, 1, 2, 20)) + 1))
            + ","
            for _ in range(2)
        ]
        return samples.caption(
            style=style,
            first_side=sides[0],
            second_side=sides[1],
            division=self.random.choice(("", "Oakland Division")),
            related=self.random.choice(((), (f"Related to Case No. {SINGLE} 1",))),
            tail=self.random.choice(("", f"AND RELATED {SINGLE} COUNTERCLAIMS")),
            extra_lines=tuple(f"Judge: {SINGLE} {n}" for n in range(self.random.randint(0, 4))),
        )

    def counsel(self) -> CounselBlock:
        """Return a counsel block of two lines or of forty."""
        many = self.random.choice((0, 1, 2, 9, 18))
        return CounselBlock(
            attorneys=tuple(f"Attorney {self.word(SINGLE)} {n} (CA SBN 00000{n})" for n in range(many)),
            firm="FIRM LLP",
            address_lines=("1 Main Street", "Oakland, CA 94601")[: self.random.randint(0, 2)],
            telephone="(510) 555-0100",
            email="counsel@example.com",
            attorneys_for=f"Attorneys for {self.sentence(SINGLE, 8)}",
        )

    def certificate(self) -> Certificate:
        """Return a certificate whose table may go on over pages."""
        rows = self.random.choice((0, 1, 4, 25))
        return samples.certificate(
            documents=tuple(self.sentence(SINGLE, 12) for _ in range(self.random.randint(1, 5))),
            recipients=tuple(
                Recipient(self.sentence(SINGLE, 6), f"{n} Main Street\nOakland", "x@example.com", self.sentence(SINGLE, 5))
                for n in range(rows)
            ),
        )

    def items(self, mark: str, most: int) -> tuple[NumberedItem, ...]:
        """Return numbered texts."""
        return tuple(NumberedItem(n, self.word(mark), self.text(mark)) for n in range(1, self.random.randint(0, most) + 1))


def generated(seed: int) -> Paper:
    """Return the paper of a seed: its kind, style and words; the same for the same seed."""
    words = Words(seed)
    style = STYLES[seed % len(STYLES)]
    makers = (_response, _statement, _outline, _declaration, _schedule, _notice, _certificate)
    return makers[seed // len(STYLES) % len(makers)](words, words.caption(style))


def _response(words: Words, caption: Caption) -> Paper:
    return ResponsePaper(
        paper="response",
        language="en-US",
        document_title="Response",
        parts=("response",),
        caption=caption,
        counsel=words.counsel(),
        title=f"{SINGLE} RESPONSE",
        parties=(Labelled("Propounding Party:", (words.sentence(SINGLE, 4),)), Labelled("Responding Party:", (SINGLE,))),
        preliminary=words.text(DOUBLE),
        general_objections=words.random.choice(("", words.text(DOUBLE))),
        answers_heading="RESPONSES",
        answers=tuple(
            AnsweredRequest(
                heading=f"REQUEST {DOUBLE} NO. {n}:",
                request=words.text(SINGLE),
                response_heading=f"RESPONSE {DOUBLE} TO NO. {n}:",
                objections=tuple(
                    PrintedObjection("Undue burden", words.text(DOUBLE), "Rule 26(b)(1)") for _ in range(words.random.randint(0, 2))
                ),
                withholding=words.sentence(DOUBLE, 20),
                paragraphs=(words.text(DOUBLE),),
            )
            for n in range(1, words.random.randint(1, 3) + 1)
        ),
        signature=samples.signature(),
        verification=words.random.choice(("", words.text(DOUBLE))),
        verified_by="",
        certificate=words.certificate(),
        served=words.random.random() < 0.5,
        created=CREATED,
    )


def _quoted(words: Words) -> tuple[QuotedRequest, ...]:
    return tuple(
        QuotedRequest(
            heading=f"REQUEST {DOUBLE} {n}",
            text=words.text(SINGLE),
            narrowed=words.random.choice(("", words.text(SINGLE))),
            narrowed_how=f"As narrowed {DOUBLE}",
            answers=tuple(
                PrintedAnswer(f"Response {DOUBLE}", words.text(SINGLE), (words.sentence(SINGLE, 9),))
                for _ in range(words.random.randint(0, 2))
            ),
            reasons=words.random.choice(("", words.text(DOUBLE))),
            proposal=words.random.choice(("", words.text(DOUBLE))),
        )
        for n in range(1, words.random.randint(1, 3) + 1)
    )


def _statement(words: Words, caption: Caption) -> Paper:
    return StatementPaper(
        paper="separate_statement",
        language="en-US",
        document_title="Separate statement",
        parts=("statement",),
        caption=caption,
        counsel=words.counsel(),
        title=f"{SINGLE} SEPARATE STATEMENT",
        introduction=words.text(DOUBLE),
        definitions=words.items(SINGLE, 3),
        requests=_quoted(words),
        signature=samples.signature(),
        submitted=True,
        created=CREATED,
    )


def _outline(words: Words, caption: Caption) -> Paper:
    def part() -> OutlinePart:
        points = tuple(words.sentence(SINGLE, 30) for _ in range(words.random.randint(0, 4)))
        return OutlinePart(f"HEADING {DOUBLE} {words.word(DOUBLE)}", (words.text(DOUBLE), words.text(DOUBLE)), points)

    return OutlinePaper(
        paper="motion_outline",
        language="en-US",
        document_title="Motion",
        parts=("outline",),
        caption=caption,
        counsel=words.counsel(),
        title=f"{SINGLE} MOTION",
        before=(part(), part()),
        requests_heading="REQUESTS",
        requests=_quoted(words),
        after=(part(),),
        signature=samples.signature(),
        authorities=(),
        limit=0,
        submitted=True,
        created=CREATED,
    )


def _declaration(words: Words, caption: Caption) -> Paper:
    return DeclarationPaper(
        paper="declaration",
        language="en-US",
        document_title="Declaration",
        parts=("declaration",),
        caption=caption,
        counsel=words.counsel(),
        title=f"{SINGLE} DECLARATION",
        declarant="Olive Ours",
        opening=(words.sentence(DOUBLE), words.sentence(DOUBLE)),
        conferences=tuple(
            HeldConference(
                title=f"Conference {DOUBLE}",
                told=words.sentence(DOUBLE),
                source="",
                people=(Labelled(words.word(SINGLE), (words.sentence(SINGLE, 20), words.word(SINGLE))),),
                requests=tuple(
                    ConferredItem(words.word(SINGLE), words.sentence(SINGLE, 12), words.text(SINGLE))
                    for _ in range(words.random.randint(1, 3))
                ),
            )
            for _ in range(words.random.randint(1, 3))
        ),
        narrowings=tuple(
            NarrowedItem(words.word(DOUBLE), words.sentence(DOUBLE, 20), words.text(SINGLE))
            for _ in range(words.random.randint(0, 2))
        ),
        commitments=tuple(
            PromisedItem(words.sentence(DOUBLE, 20), words.text(SINGLE), words.sentence(DOUBLE, 9))
            for _ in range(words.random.randint(0, 2))
        ),
        certification=(words.sentence(DOUBLE),),
        oath=words.sentence(DOUBLE, 20),
        created=CREATED,
    )


def _schedule(words: Words, caption: Caption) -> Paper:
    schedule = samples.schedule(
        preamble=words.text(DOUBLE),
        definitions_note=words.sentence(DOUBLE, 20),
        definitions=words.items(DOUBLE, 4),
        instructions=words.items(DOUBLE, 3),
        requests=samples.requests(words.random.randint(1, 4), words.text(DOUBLE)),
        exhibits=(PrintedExhibit("A", words.sentence(SINGLE, 9), words.text(SINGLE, notes=False), words.items(SINGLE, 9)),),
    )
    return samples.paper(parts=("schedule",), caption=caption, schedule=schedule)


def _notice(words: Words, caption: Caption) -> Paper:
    notice = samples.notice(
        counsel=words.counsel(),
        recipient_name=words.sentence(DOUBLE, 9),
        production_place=words.text(SINGLE, notes=False),
        certificate=words.certificate(),
    )
    return samples.paper(parts=("notice",), caption=caption, notice=notice)


def _certificate(words: Words, caption: Caption) -> Paper:
    return CertificatePaper(
        paper="certificate_of_service",
        language="en-US",
        document_title="Certificate",
        parts=("certificate",),
        caption=caption,
        counsel=words.counsel(),
        title=f"{SINGLE} CERTIFICATE",
        certificate=words.certificate(),
        other_method=words.random.choice(("", words.sentence(SINGLE, 30))),
        created=CREATED,
    )
