"""Words that tell a term from a name: what sets usually define, what needs no definition, and what a request may not consist of.

Words are compared by their stem, so that "agreement" stands for "Agreements" and "concern" for "Concerning".
"""

from __future__ import annotations

from functools import lru_cache

PRONOUNS = {"your": "you", "yours": "you", "yourself": "you", "our": "we", "ours": "we", "us": "we"}
ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return what a word has in common with its plural and its other forms: "entities" and "Entity" give "entity"."""
    plain = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    if plain in PRONOUNS:
        return PRONOUNS[plain]
    for ending, instead in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3 and not plain.endswith("ss"):
            return plain[: -len(ending)] + instead
    return plain


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


ORDINARY = _stems(
    """
    accident account accused acquisition action affected affiliate agent agreement alleged application arbitration
    asserted asset award benefit bid building business charge claim client code communication company compensation
    competitor complaint compliance component concern condition confidential contract contractor control copyright
    corporation covered credit custodian customer damage data database date decedent describe design device discuss
    dispute document draft drug electronic email employed employee employer employment entity equipment event facility
    feature final financial financing former fund hire identify incident include individual information infringe initial
    injury insurance intellectual intent interest invention investigation investment investor invoice lawsuit lease
    letter license limitation litigation loan loss machine maintenance manual manufacture material medical meeting
    merger message method mortgage negotiation network note offer organization owner parent patent payment performance
    period person personnel plan platform policy position possess premises price prior proceeding process product
    program project property proposal proposed provider purchase refer referring reflect regard relate release relevant rent
    repair replace report representative research restructuring revenue sale sell service settlement share shareholder
    site software source specification statement stock strategy subject subsidiary supplier system tangible technology
    termination test thing timeframe time trade trademark transaction transfer treatment user valuation vehicle vendor
    version we website work worker you
    """
)
"""Ordinary words that sets use as terms. A capitalised one in the middle of a sentence wants a definition."""

RELATORS = _stems("concerning relating regarding referring reflecting including identifying describing evidencing you we")
"""Terms that stand by themselves: "Communications Concerning Products" is three of them."""

TOO_COMMON = _stems(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday alabama alaska arizona arkansas
    california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky
    louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire
    jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode island tennessee texas utah vermont
    virginia washington wisconsin wyoming columbia guam puerto rico north south east west northern southern eastern
    western central america american canada mexican united states federal nation national international new rule civil
    criminal procedure evidence local court district circuit supreme superior appeals judge magistrate justice clerk
    honorable section title article chapter paragraph part exhibit appendix attachment schedule request definition
    instruction interrogatory admission production deposition subpoena disclosure response answer objection set order
    stipulation protective attorney counsel general plaintiff defendant counterclaim counterclaimant
    counterclaim-defendant counterclaim-plaintiff third-party party non-party petitioner respondent intervenor relator
    bates act statute regulation constitution amended government congress senate house president
    secretary governor mayor city county town department commission bureau agency office administration board committee
    council authority ministry english french spanish german chinese internet web adobe acrobat excel microsoft outlook
    powerpoint zip group pacific mountain standard daylight
    """
)
"""Words whose capital letter needs no definition: calendar, places, courts and their papers, offices, forms of files."""

SMALL = _words(
    """
    a all also an and any as at both but by each either every for from how if in into it its no nor not of on only or
    other per respect shall since so such than that the their then there these this those to under upon what when where
    which who whom whose will with within without i he she they his her them
    """
)
"""Function words: capitalised in a heading or by habit."""

DETERMINERS = _words("the a an any all each every such this that these those your its their his her our no both either")
TITLES = _words("mr mrs ms dr prof hon judge justice senator representative governor president secretary officer director")

EMPTY_OF_CATEGORY = _stems(
    """
    a about action all allegation an and answer any are as at be bear between by case claim communication complaint
    concern connection constitute contain control copy custody defense describe discuss dispute document each electronic
    electronically esi every evidence file for from have her his in includes information into is issue it item its
    lawsuit limitation limited litigation material matter may mention object of on or other paper pertaining pertinent
    possession present produce proceeding provide record refer reference referring reflect regarding relate relevant request
    respect respond responsive show store subject such sufficient support tangible that the their them these thing this
    those through to until version whatever which with without write writing written you
    """
)
"""What names no category of documents, Rule 34(b)(1)(A): a request made of nothing else asks for everything."""
