"""Every address of the clinic. A record is named by its pseudonym; nothing of a patient stands in an address."""

from __future__ import annotations

from django.urls import include, path, re_path

from assuage.clinic import look
from assuage.clinic.api.operations import addresses_of_calls
from assuage.clinic.audit.views import log
from assuage.clinic.course.views import assessment, course, disputes, first_page, ledger
from assuage.clinic.diary.views import bring, kept_on_phone, today
from assuage.clinic.fhir.addresses import ADDRESSES
from assuage.clinic.fhir.hooks import call_hooks
from assuage.clinic.inbox.views import cases
from assuage.clinic.outcomes.views import outcomes
from assuage.clinic.people.views import account, emergency, home, programs, staff, zones
from assuage.clinic.plan.views import cards, gate, medicines, my_plan
from assuage.clinic.privacy.views import privacy
from assuage.clinic.reminders.views import wishes
from assuage.clinic.sessions.views import sessions

# What allauth can do and nobody may here: accounts are made by an administrator, who also makes a new link for whoever
# lost the way in; no e-mail is kept.
CLOSED = (
    "signup",
    "email",
    "confirm-email",
    "password/reset/done",
    "password/reset/?$",
    "password/set",
    "login/code",
    "social",  # old addresses of what stands under 3rdparty
    "3rdparty/signup",
)

urlpatterns = [
    path("", home.home, name="home"),
    path("look.css", look.look, name="look"),
    path("fonts/<str:name>.woff2", look.font, name="font"),
    path("language", account.choose_language, name="language"),
    path("account", account.account, name="account"),
    re_path(rf"^account/(?:{'|'.join(CLOSED)})(?:/.*)?$", account.closed),
    path("account/sessions/", account.devices, name="devices"),
    path("account/programs", programs.programs, name="programs"),
    path("account/", include("allauth.urls")),
    path("people", staff.people, name="people"),
    path("people/patients", staff.teams, name="teams"),
    path("people/patients/<str:pseudonym>", staff.change_team, name="change-team"),
    path("people/<str:pseudonym>", staff.change_person, name="change-person"),
    path("log", log.log, name="log"),
    path("outcomes", outcomes.outcomes_page, name="outcomes"),
    path("emergency", emergency.emergency, name="emergency"),
    path("patients", cases.inbox, name="inbox"),
    path("patients/<str:pseudonym>", first_page.first_page, name="first-page"),
    path("diary", today.diary, name="diary"),
    path("diary/outbox", kept_on_phone.outbox, name="diary-outbox"),
    path("diary-worker.js", kept_on_phone.worker, name="diary-worker"),
    path("diary/reminders", wishes.reminders, name="reminders"),
    path("reminder/<uuid:token>", wishes.reminder, name="reminder"),
    path("diary/same", today.same_as_yesterday, name="diary-same"),
    path("diary/saved/<uuid:batch>", today.diary_saved, name="diary-saved"),
    path("diary/undo/<uuid:batch>", today.undo, name="diary-undo"),
    path("diary/bring", bring.bring, name="bring-diary"),
    path("diary/correct/<uuid:batch>", today.correct, name="diary-correct"),
    path("my-plan", my_plan.my_plan, name="my-plan"),
    path("my-plan/visits.ics", my_plan.visits_file, name="visits-file"),
    path("ledger", ledger.ledger, name="ledger"),
    path("patients/<str:pseudonym>/ledger", ledger.ledger_of, name="ledger-of"),
    path("zone", zones.own_zone, name="own-zone"),
    path("patients/<str:pseudonym>/zone", zones.zone_of, name="zone"),
    path("privacy", privacy.privacy, name="privacy"),
    path("privacy/export", privacy.export, name="export"),
    path("privacy/erase", privacy.erase_own_diary, name="erase-diary"),
    path("privacy/withdraw", privacy.withdraw, name="withdraw-consent"),
    path("alert-rates", cases.alert_rates, name="alert-rates"),
    path("patients/<str:pseudonym>/course", course.course, name="course"),
    path("patients/<str:pseudonym>/alerts", cases.patient_alerts, name="alerts"),
    path("patients/<str:pseudonym>/gate", gate.gate_board, name="gate"),
    path("patients/<str:pseudonym>/gate/decision", gate.decision, name="decision"),
    path("patients/<str:pseudonym>/gate/<uuid:decision>", gate.replay, name="replay"),
    path("patients/<str:pseudonym>/medicines", medicines.medicines, name="medicines"),
    path("patients/<str:pseudonym>/medicines/prescription", medicines.prescription, name="prescription"),
    path("patients/<str:pseudonym>/sessions", sessions.sessions, name="sessions"),
    path("patients/<str:pseudonym>/sessions/plan", sessions.session_act, name="session-act"),
    path(
        "patients/<str:pseudonym>/sessions/<uuid:session>",
        sessions.correct_session,
        name="session-correct",
    ),
    path("patients/<str:pseudonym>/sessions/response", sessions.session_response, name="session-response"),
    path("patients/<str:pseudonym>/assessment", assessment.assessment, name="assessment"),
    path("patients/<str:pseudonym>/assessment/answers", assessment.assess, name="assess"),
    path("patients/<str:pseudonym>/cards", cards.cards, name="cards"),
    path("patients/<str:pseudonym>/disputes", disputes.disputes, name="disputes"),
    path("card/<str:token>", cards.card_by_link, name="shared-card"),
    path("api/v1/", include(addresses_of_calls())),
    path("fhir/R4/", include(ADDRESSES)),
    path("hooks/<path:rest>", call_hooks, name="hooks"),
    path("identity/o/authorize", programs.let_in, name="let-in"),
    re_path(r"^identity/o/(?:device|logout|api/device)(?:/.*)?$", account.closed),
    path("", include("allauth.idp.urls")),
]

handler400 = "assuage.clinic.refused.bad_request"
handler403 = "assuage.clinic.refused.permission_denied"
handler404 = "assuage.clinic.refused.page_not_found"
handler500 = "assuage.clinic.refused.server_error"
