"""Addresses."""

from django.urls import path

from saduak.standards.views import comparing, keeping, versions, writing

urlpatterns = [
    path("", keeping.list_criteria_view, name="list_criteria"),
    path("drafts/load", keeping.load_criteria_view, name="load_criteria"),
    path("drafts/begin", versions.begin_criteria_view, name="begin_criteria"),
    path("<slug:reference>", keeping.show_criteria_view, name="show_criteria"),
    path("<slug:reference>/source.yaml", keeping.download_criteria_view, name="download_criteria"),
    path("<slug:reference>/table.xlsx", versions.export_criteria_view, name="export_criteria"),
    path("<slug:reference>/replace", keeping.replace_criteria_view, name="replace_criteria"),
    path("<slug:reference>/publish", keeping.publish_criteria_view, name="publish_criteria"),
    path("<slug:reference>/discard", keeping.discard_criteria_view, name="discard_criteria"),
    path("<slug:reference>/edit", writing.edit_criteria_view, name="edit_criteria"),
    path("<slug:reference>/settings", versions.edit_criteria_settings_view, name="edit_criteria_settings"),
    path("<slug:reference>/sheet", versions.bring_in_criteria_view, name="bring_in_criteria"),
    path("<slug:reference>/sums", writing.state_sums_view, name="state_sums"),
    path("<slug:reference>/add", writing.add_criterion_view, name="add_criterion"),
    path("<slug:reference>/edit/<str:code>", writing.edit_criterion_view, name="edit_criterion"),
    path("<slug:reference>/edit/<str:code>/move", writing.move_criterion_view, name="move_criterion"),
    path("<slug:reference>/edit/<str:code>/remove", writing.remove_criterion_view, name="remove_criterion"),
    path("<slug:reference>/compare", comparing.compare_criteria_view, name="compare_criteria"),
    path("<slug:reference>/mapping", comparing.map_criteria_view, name="map_criteria"),
    path("<slug:reference>/mapping/<slug:older>/<str:code>", comparing.link_criterion_view, name="link_criterion"),
    path("<slug:reference>/preview", comparing.preview_criteria_view, name="preview_criteria"),
]
