"""A set of criteria with one of each kind, small enough to fill in often."""

SOURCE = """\
format: saduak-criteria/1
id: test-2563
cycle_be: 2563
title: {th: เกณฑ์ทดสอบ, en: Test criteria}
max_score: 100
rounding: {score: "0.01", level: none}
levels:
  - {code: basic, th: ระดับพื้นฐาน, en: Basic, min: 70, colour: blue}
  - {code: advanced, th: ระดับก้าวหน้า, en: Advanced, min: 80, colour: silver}
  - {code: excellent, th: ระดับเป็นเลิศ, en: Excellent, min: 90, colour: gold}
strands:
  - code: P
    th: เกณฑ์ด้านกายภาพ
    kind: gate
    criteria:
      - {code: P1, th: เวลาให้บริการ, evidence: [document]}
      - {code: P2, th: ป้ายบอกทาง, evidence: [photo]}
  - code: Q
    th: เกณฑ์ด้านคุณภาพ
    kind: scored
    max_score: 70
    groups:
      - code: Q-basic
        th: เกณฑ์พื้นฐาน
        points_each: 35
        criteria:
          - {code: "2.1", th: สำรวจความต้องการ, evidence: [document]}
          - {code: "2.2", th: วิเคราะห์ผลสำรวจ, evidence: [document]}
  - code: R
    th: เกณฑ์ด้านผลลัพธ์
    kind: scored
    max_score: 30
    criteria:
      - code: R1
        th: ความพึงพอใจ
        max_score: 30
        parts:
          - {code: "R1.1", th: วิธีการเก็บข้อมูล, max_score: 10}
          - {code: "R1.2", th: ผลความพึงพอใจ, max_score: 20}
"""
