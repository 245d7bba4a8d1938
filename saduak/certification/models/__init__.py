"""The papers of certification (แบบข้อมูลการรับรอง)."""

from saduak.certification.models.allotments import AllotmentProposal
from saduak.certification.models.answers import Answer
from saduak.certification.models.applications import Application
from saduak.certification.models.assets import Asset, AssetOrder, MisuseReport, TermsAccepted
from saduak.certification.models.assignments import Assignment, Declaration, Panel
from saduak.certification.models.certificates import Certificate, CertificateAct, CertificateFile
from saduak.certification.models.dossiers import Dossier
from saduak.certification.models.draws import Draw
from saduak.certification.models.evidence import Evidence, EvidenceUse
from saduak.certification.models.field import FieldDevice, FieldEvent, FieldPhoto, TakenAlong
from saduak.certification.models.meetings import AgendaItem, Attendance, Meeting, Recusal, Resolution
from saduak.certification.models.past import Holding, Match, Outcome, PastResult, PastSheet, PastStage
from saduak.certification.models.proposals import Proposal, ProposalRecusal
from saduak.certification.models.reconsiderations import Reconsideration
from saduak.certification.models.remarks import Remark, TextSketch
from saduak.certification.models.reviews import Ground, GroundFile, Opinion, ReviewedValue, Reviewer
from saduak.certification.models.rounds import Round
from saduak.certification.models.screening import ScreeningMark
from saduak.certification.models.sheets import AgreedMark, Consensus, Mark, ScoreSheet
from saduak.certification.models.spans import Span
from saduak.certification.models.surveillance import FindingTurn, Surveillance, SurveillanceFinding
from saduak.certification.models.visits import Visit, VisitAssessor

__all__ = [
    "AgendaItem",
    "AgreedMark",
    "AllotmentProposal",
    "Answer",
    "Application",
    "Asset",
    "AssetOrder",
    "Assignment",
    "Attendance",
    "Certificate",
    "CertificateAct",
    "CertificateFile",
    "Consensus",
    "Declaration",
    "Dossier",
    "Draw",
    "Evidence",
    "EvidenceUse",
    "FieldDevice",
    "FieldEvent",
    "FieldPhoto",
    "FindingTurn",
    "Ground",
    "GroundFile",
    "Holding",
    "Mark",
    "Match",
    "Meeting",
    "MisuseReport",
    "Opinion",
    "Outcome",
    "Panel",
    "PastResult",
    "PastSheet",
    "PastStage",
    "Proposal",
    "ProposalRecusal",
    "Reconsideration",
    "Recusal",
    "Remark",
    "Resolution",
    "ReviewedValue",
    "Reviewer",
    "Round",
    "ScoreSheet",
    "ScreeningMark",
    "Span",
    "Surveillance",
    "SurveillanceFinding",
    "TakenAlong",
    "TermsAccepted",
    "TextSketch",
    "Visit",
    "VisitAssessor",
]
