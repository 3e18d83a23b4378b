"""Every address of the clinic. A record is named by its pseudonym; nothing of a patient stands in an address."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from assuage.clinic import look
from assuage.clinic.course.views import first_page
from assuage.clinic.inbox.views import cases
from assuage.clinic.people.views import account, home

urlpatterns = [
    path("", home.home, name="home"),
    path("look.css", look.look, name="look"),
    path("fonts/<str:name>.woff2", look.font, name="font"),
    path("language", account.choose_language, name="language"),
    path("account", account.account, name="account"),
    path("account/", include("allauth.urls")),
    re_path(r"^account/signup/?$", RedirectView.as_view(url="/account/login/")),
    path("patients", cases.inbox, name="inbox"),
    path("patients/<str:pseudonym>", first_page.first_page, name="first-page"),
]

handler400 = "assuage.clinic.refused.bad_request"
handler403 = "assuage.clinic.refused.permission_denied"
handler404 = "assuage.clinic.refused.page_not_found"
handler500 = "assuage.clinic.refused.server_error"
