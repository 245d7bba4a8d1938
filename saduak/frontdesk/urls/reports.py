"""Addresses of a desk's reports."""

from django.urls import path

from saduak.frontdesk.views import reports

urlpatterns = [
    path("<str:code>/reports/", reports.show_period_report_view, name="show_period_report"),
    path("<str:code>/reports/day", reports.show_day_report_view, name="show_day_report"),
    path("<str:code>/reports/fairness", reports.show_fairness_report_view, name="show_fairness_report"),
    path("<str:code>/reports/waits", reports.show_waits_report_view, name="show_waits_report"),
    path("<str:code>/reports/load", reports.show_load_report_view, name="show_load_report"),
]
