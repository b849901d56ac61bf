"""Schema 3: the other ledgers, of land, factories, projects, innovation, investors, issues, industry and benchmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.store.migrations.making import Written, make

if TYPE_CHECKING:
    from alembic.operations import Operations

_LEDGERS: dict[str, Written] = {
    "zone_land": (
        "year", "zone_code year", True,
        """
        total:b a:b a1:b a2:b a31:b a32:b a4:b a51:b a52:b a6:b b11:b b12:b b21:b b22:b c1:b c2:b c3:b d1:b
        d21:b d22:b e1:b e21:b e22:b f:b g:b approved_unsupplied:b supplied_unused:b bld_total:b base_total:b
        bld_ind:b base_ind:b fa_ind_cum:b tax_ind:b tax_23:b pop:b
        """,
    ),
    "parcel": (
        "", "zone_code parcel_no", False,
        """
        parcel_no elec_no re_unit_no cert_no location bounds area_m2:b use_code supply_way supply_date:i
        owner_uscc owner_name contract_no sign_date:i price:b price_paid:b term_y:b expire_date:i start_due:i
        finish_due:i start_act:i finish_act:i prod_date:i due_area_m2:b inv_due:b delay_doc std_land:s commit:s
        sl_inv:b sl_tax:b sl_far:b sl_energy:b sl_emis far_plan:b
        """,
    ),
    "parcel_year": (
        "year", "zone_code parcel year", True,
        """
        parcel:>parcel cls supply_cls dev_state started_area_m2:b inv_act:b halt_date:i idle:s idle_type
        idle_doc idle_disp idle_disp_date:i loweff:s loweff_type disp_plan_m2:b disp_done_m2:b bld_area_m2:b
        base_area_m2:b admin_area_m2:b green_m2:b
        """,
    ),
    "parcel_use": (
        "", "zone_code parcel ent from_date", False,
        """
        parcel:>parcel ent:>enterprise use_way area_m2:b from_date:i to_date:i basis
        """,
    ),
    "factory": (
        "", "zone_code fac_no", False,
        """
        fac_no fac_name parcel:>parcel builder_uscc use_for floors:b bld_m2:b start_date:i done_date:i inv:b
        rentable_m2:b
        """,
    ),
    "factory_lease": (
        "", "zone_code fac ent from_date", False,
        """
        fac:>factory ent:>enterprise area_m2:b way from_date:i to_date:i rent:b prod_date:i
        """,
    ),
    "project": (
        "", "zone_code proj_no", False,
        """
        proj_no proj_name online_code ind_code chain_id theme_id sei_class adv_mfg:s nature is_transfer:s
        is_transfer_key:s single parent_proj_no owner_uscc investor src_region inv_tag fund_type inv_total:b
        inv_fa:b cur inv_fc:b fx_usd:b fx_cny:b inv_usd:b land_need:b parcel:>parcel stage p_start:i p_prod:i
        d_lead:i d_talk:i d_sign:i sign_amt:b agr_no d_reg:i d_file:i d_land:i d_permit:i d_start:i d_done:i
        d_prod:i d_full:i d_stop:i stop_reason inv_cum:b inv_ytd:b paid_cum:b paid_ytd:b paid_fc:b lead_person
        duty_unit task_list key_tag note
        """,
    ),
    "project_month": (
        "year form seq", "zone_code proj year form seq", True,
        """
        proj:>project stage inv_m:b inv_ytd:b inv_cum:b paid_ytd:b paid_cum:b emp_n:b progress_text problem
        next_step filler fill_date:i
        """,
    ),
    "tw_base": (
        "", "zone_code base_no", False,
        """
        base_no base_name level appr_date:i area_m2:b operator team_cum:b team_now:b youth_now:b close_date:i
        """,
    ),
    "platform": (
        "", "zone_code pf_no", False,
        """
        pf_no pf_name kind level host_uscc appr_org appr_no appr_date:i expire_date:i emp:b fund:b contract_n:b
        """,
    ),
    "talent": (
        "", "zone_code tal_no", False,
        """
        tal_no name level kind head_n:b intro_date:i leave_date:i ent:>enterprise org
        """,
    ),
    "rd_task": (
        "", "zone_code task_no", False,
        """
        task_no name kind level start_year fund:b
        """,
    ),
    "qual": (
        "", "zone_code ent kind appr_date", False,
        """
        ent:>enterprise kind level cert_no appr_date:i valid_to:i state
        """,
    ),
    "investor": (
        "", "zone_code inv_no", False,
        """
        inv_no name kind region industry contact tel channel owner_staff first_date:i last_date:i heat
        intent_text linked_proj
        """,
    ),
    "investor_visit": (
        "", "zone_code inv visit_date", False,
        """
        inv:>investor visit_date:i way place minutes
        """,
    ),
    "biz_office": (
        "", "zone_code office_no", False,
        """
        office_no city set_date:i close_date:i staff_n:b
        """,
    ),
    "biz_event": (
        "", "zone_code ev_no", False,
        """
        ev_no ev_name kind ev_date:i place sign_amt:b
        """,
    ),
    "issue": (
        "", "zone_code issue_no", False,
        """
        issue_no raise_date:i source ent:>enterprise proj:>project category desc grade duty_unit due_date:i
        state close_date:i satisfaction:b
        """,
    ),
    "liaison": (
        "", "zone_code lia_no", False,
        """
        lia_no leader_name post ent:>enterprise proj:>project from_date:i to_date:i visit_n:b
        """,
    ),
    "theme_park": (
        "", "zone_code theme_id", False,
        """
        theme_id name kind mode plan_area:b built_area_m2:b start_date:i open_date:i ent_n:b rev:b state
        """,
    ),
    "cluster": (
        "year", "zone_code clu_id year", False,
        """
        clu_id name level kind appr_date:i lead_uscc zones rev:b ent_n:b up_n:b share_of_zone:b
        """,
    ),
    "chain": (
        "", "zone_code chain_id", False,
        """
        chain_id name chief kind weak_links ent_n:b rev:b local_support_rate:b map_chain:s map_tech:s map_app:s
        map_region:s list_proj:s list_ent:s list_cluster:s list_policy:s list_issue:s
        """,
    ),
    "benchmark": (
        "year", "zone_code ind_id area year", False,
        """
        ind_id area value:b source
        """,
    ),
}  # fmt: skip


def upgrade(op: Operations) -> None:
    """From schema 2 to 3."""
    make(op, _LEDGERS)
