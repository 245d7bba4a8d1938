"""What may happen to a round, an application, a visit, a meeting and a certificate (ขั้นตอนการรับรอง).

The programme publishes no numbered regulation. The clause numbers are those of the platform's own procedure, in the
order of the programme's yearly cycle; `docs/procedures/` prints them.
"""
