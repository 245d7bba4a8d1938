"""The records, for those who watch over the others."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from saduak.access.doors import needs
from saduak.audit import operations, presenters
from saduak.audit.forms import SearchForm
from saduak.audit.policies import Permission
from saduak.audit.queries import found
from saduak.design.pages import render

A_PAGE = 50


@needs(Permission.READ_RECORDS)
def list_records_view(request: HttpRequest) -> HttpResponse:
    """Who looked at, took away or was given what; and who signed in."""
    form = SearchForm(request.GET)
    page = Paginator(found(form.search), A_PAGE).get_page(request.GET.get("page"))
    lines = [
        (record, presenters.tone(record), presenters.kind_in_words(record.kind), presenters.what_in_words(record))
        for record in page
    ]
    context = {"form": form, "page": page, "lines": lines, "asked": request.GET.urlencode()}
    return render(request, "audit/records.html", context, part="records", status=422 if form.errors else 200)


@needs(Permission.READ_RECORDS)
def export_records_view(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file; taking it away is itself recorded."""
    search = SearchForm(request.GET).search
    records = found(search)
    operations.exported(
        request.user,
        kind="audit.record",
        request=request,
        detail={"search": search.as_facts(), "rows": records.count()},
    )
    name = f"saduak-records-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        presenters.as_csv(records.iterator(chunk_size=2000)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
