"""Certificates per second, beside an empty page from the same compiler in the same run.

.venv/bin/python -m benchmarks.certificates_per_second [seconds]
"""

import sys
import time
from dataclasses import replace
from datetime import date

import typst

from saduak.documents.certificates import CertificateSheet, render_certificate

SHEET = CertificateSheet(
    number="GECC-2569-0000",
    centre_th="สำนักงานขนส่งจังหวัดลำพูน",
    centre_en="Lamphun Provincial Transport Office",
    agency_th="กรมการขนส่งทางบก",
    level="excellent",
    level_th="เป็นเลิศ",
    level_en="Excellent",
    year_be=2569,
    issued_on=date(2026, 8, 20),
    expires_on=date(2029, 8, 19),
    signatory_office_th="ประธานกรรมการอำนวยการศูนย์ราชการสะดวก",
    verify_url="https://gecc.example.go.th/verify/GECC-2569-0000",
    example=True,
)


def certificate(n: int) -> bytes:
    """The n-th certificate: number, name and QR code are its own."""
    number = f"GECC-2569-{n:04}"
    return render_certificate(
        replace(
            SHEET, number=number, centre_th=f"{SHEET.centre_th} {n}", verify_url=f"https://gecc.example.go.th/{number}"
        )
    )


def empty_page(n: int) -> bytes:
    """A page with one number."""
    made = typst.compile(f"{n}".encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def rate(make, seconds: float) -> tuple[float, int]:
    """Makings per second, and the size of one in bytes."""
    size = len(make(0))
    started, made = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < seconds:
        made += 1
        make(made)
    return made / spent, size


def main() -> None:
    """Measure both and print them."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    reference, small = rate(empty_page, seconds)
    measured, size = rate(certificate, seconds)
    print(f"certificate    {measured:8.1f} per second on one core, {size / 1024:.0f} KB each")
    print(f"an empty page  {reference:8.1f} per second on one core, {small / 1024:.0f} KB each")


if __name__ == "__main__":
    main()
