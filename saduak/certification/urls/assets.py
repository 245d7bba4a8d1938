"""Addresses of plaques, printed emblems, their orders, and reports of misuse; everybody reports in the register."""

from django.urls import path

from saduak.certification.views import asset_orders, assets, emblems, misuse

ORDER = "asset-orders/<str:reference>"
REPORT = "misuse/<str:reference>"
CERTIFICATE = "certificates/<str:number>"

urlpatterns = [
    path("assets", assets.list_assets_view, name="list_assets"),
    path("assets/<str:serial>", assets.show_asset_view, name="show_asset"),
    path("assets/<str:serial>/receipt", assets.show_receipt_of_asset_view, name="show_receipt_of_asset"),
    path("assets/<str:serial>/steps/<str:step>", assets.take_asset_step_view, name="take_asset_step"),
    path("asset-orders", asset_orders.list_asset_orders_view, name="list_asset_orders"),
    path("asset-orders/place", asset_orders.place_asset_order_view, name="place_asset_order"),
    path(f"{ORDER}.xlsx", asset_orders.export_asset_order_view, name="export_asset_order"),
    path(ORDER, asset_orders.show_asset_order_view, name="show_asset_order"),
    path(f"{ORDER}/cancel", asset_orders.cancel_asset_order_view, name="cancel_asset_order"),
    path(f"{CERTIFICATE}/emblem", emblems.show_emblem_view, name="show_emblem"),
    path(f"{CERTIFICATE}/emblem/terms", emblems.accept_terms_view, name="accept_terms"),
    path(f"{CERTIFICATE}/emblem.<str:form>", emblems.download_emblem_view, name="download_emblem"),
    path("misuse", misuse.list_misuse_view, name="list_misuse"),
    path(REPORT, misuse.show_misuse_view, name="show_misuse"),
    path(f"{REPORT}/look-into", misuse.look_into_misuse_view, name="look_into_misuse"),
    path(f"{REPORT}/settle", misuse.settle_misuse_view, name="settle_misuse"),
]
