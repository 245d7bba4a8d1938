"""Addresses of the officers' console and of tickets as officers see them."""

from django.urls import path

from saduak.frontdesk.views import away, console, paper, tickets

urlpatterns = [
    path("<str:code>/console", console.show_console_view, name="show_console"),
    path("<str:code>/console/state", console.console_state_view, name="console_state"),
    path("<str:code>/console/sit-down", console.sit_down_view, name="sit_down"),
    path("<str:code>/console/away/", away.show_away_view, name="show_away"),
    path("<str:code>/console/away/worker.js", away.away_worker_view, name="away_worker"),
    path("<str:code>/console/away/known", away.console_known_view, name="console_known"),
    path("<str:code>/console/away/steps", away.take_in_view, name="take_in"),
    path("<str:code>/tickets/", tickets.list_desk_tickets_view, name="list_desk_tickets"),
    path("<str:code>/tickets/new", tickets.give_ticket_view, name="give_ticket"),
    path("<str:code>/tickets/<str:reference>", tickets.show_desk_ticket_view, name="show_desk_ticket"),
    path("<str:code>/tickets/<str:reference>/print", paper.print_desk_ticket_view, name="print_desk_ticket"),
    path("<str:code>/tickets/<str:reference>/paper.png", paper.paper_ticket_view, name="paper_ticket"),
    path("<str:code>/tickets/<str:reference>/step", tickets.step_ticket_view, name="step_desk_ticket"),
    path("<str:code>/tickets/<str:reference>/send-on", tickets.send_on_view, name="send_on"),
    path("<str:code>/console/<str:deed>", console.press_button_view, name="press_button"),
]
