"""What the pathways for fibromyalgia share: the diagnosis they presume, and what they suspect of making pain worse."""

from assuage.instruments import CRITERIA
from assuage.pathways.clinic import PresumedDiagnosis, Suspicion
from assuage.terms.outcomes import NUMBNESS_OUTCOME, PAIN_OUTCOME
from assuage.terms.therapies import MANIPULATION, MASSAGE, MYOFASCIAL_RELEASE

# The words are ours. The title of the ICD-11 code is chronic widespread pain, of which fibromyalgia is an index term.
# The ACR criteria of 2010 want the physician's own estimate of somatic burden, and are left to `assuage score`.
FIBROMYALGIA = PresumedDiagnosis(
    "fibromyalgia",
    "fibromyalgia",
    show=(
        CRITERIA["fm_2016"],
        CRITERIA["acr_2011"],
        CRITERIA["aapt_2019"],
        CRITERIA["cwp_2019"],
        CRITERIA["cwp_icd11"],
        CRITERIA["acr_1990"],
        CRITERIA["nociplastic_iasp_2021"],
    ),
    ask=(CRITERIA["fm_2016"],),
    words=(
        "fibromyalgia syndrome",
        "primary fibromyalgia",
        "fibromialgija",
        "fibromialgijos sindromas",
        "pirminė fibromialgija",
        "fibromyalgie",
        "fibromyalgiesyndrom",
        "fibromyalgie syndrom",
        "primäre fibromyalgie",
    ),
    icd10=("M79.7",),
    icd11=("MG30.01",),
)

# Manual work, each with the pain it may bring; numbness only where it did follow.
MANUAL_WORK = (
    Suspicion(MASSAGE, PAIN_OUTCOME),
    Suspicion(MASSAGE, NUMBNESS_OUTCOME, once_followed=True),
    Suspicion(MYOFASCIAL_RELEASE, PAIN_OUTCOME),
    Suspicion(MYOFASCIAL_RELEASE, NUMBNESS_OUTCOME, once_followed=True),
    Suspicion(MANIPULATION, PAIN_OUTCOME),
    Suspicion(MANIPULATION, NUMBNESS_OUTCOME, once_followed=True),
)
