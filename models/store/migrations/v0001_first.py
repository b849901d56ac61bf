"""Schema 1: the first shape of the file. The change table had no place of the imported row yet, nor an index by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, SmallInteger, Text

from models.store.migrations.making import Written, make

if TYPE_CHECKING:
    from alembic.operations import Operations

_LEDGERS: dict[str, Written] = {
    "zone": (
        "", "zone_code code", False,
        """
        code name short_name level ztype parent_code role coop_park region_code appr_org appr_no appr_date:i
        appr_area:b mgmt_area:b core_area:b admin_org platform_co leader contact tel seal_date:i dept coop_form
        coop_with
        """,
    ),
    "zone_year": (
        "year", "zone_code year", True,
        """
        rev_all:b rev_ind_up:b profit_all:b profit_ind_up:b tax_all:b va_ind_up:b va_hitech:b gov_ind_up:b
        export_deliv:b trade_total:b export:b trade_total_usd:b export_usd:b fai:b fai_ind:b infra_inv:b park_assets:b
        sign_amt:b paid_amt:b fdi_prov:b fdi_mofcom:b dom_outprov:b emp_end:b emp_college:b energy_tce:b
        va_growth_const:b ww_gen:b ww_treated:b ww_std:s sw_gen:b sw_used:b keypol_n:b keypol_online:b circular_done
        safe_assess:s safe_date:i safe_platform:s safe_city tariff_ins_all:b tariff_ins_n:b dual_ctrl:s ref_appr:s
        ref_hr:s ref_fin:s joint_meet_n:b empower_n:b one_stop:s svc_n:b svc_online_n:b once_n:b perm_n:b
        perm_online_n:b bond_new:b bond_bal:b fund_scale:b reloan_n:b reloan_amt:b cost_cut:b rank_prov:b rank_total:b
        rank_nat:b prev_rev_all:b adj_note note digital_grade
        """,
    ),
    "zone_period": (
        "year form seq", "zone_code year form seq", True,
        """
        rev_all:b rev_ind_up:b profit_all:b tax_all:b va_ind_up:b va_hitech:b fai:b fai_ind:b infra_inv:b
        park_assets:b sign_amt:b paid_amt:b fdi_prov:b fdi_mofcom:b trade_total_usd:b bond_new:b reloan_amt:b
        emp_end:b svc_n:b svc_online_n:b study_cnt:b
        """,
    ),
    "zone_industry": (
        "", "zone_code kind name from_year", False,
        """
        kind name code_prefixes from_year
        """,
    ),
    "zone_title": (
        "", "zone_code title appr_date", False,
        """
        title level appr_date:i expire:i
        """,
    ),
    "zone_pilot": (
        "", "zone_code name", False,
        """
        name kind fix_date:i plan_date:i
        """,
    ),
    "zone_doc": (
        "", "zone_code kind doc_date", False,
        """
        kind title doc_no doc_date:i
        """,
    ),
    "enterprise": (
        "", "zone_code uscc", False,
        """
        ent_name uscc old_reg_no former_name legal_rep open_date:i enter_date:i reg_region op_region address main_biz1
        main_biz2 main_biz3 ind_code twocity:s reg_scheme reg_type holding hq_kind up_date:i down_date:i prod_date:i
        cap_tag top500:s top100:s tw100:s leader_flag:s flag_year ipo_state ipo_board ipo_code ipo_date:i
        reform_date:i contact tel email liaison src upd_date:i
        """,
    ),
    "enterprise_year": (
        "year", "zone_code ent year", True,
        """
        ent:>enterprise is_up:s op_state is_tw:s zone_ind_tag size chain_role on_cloud:s land_mode has_rd_org:s
        key_ent:s mu_rated:s mu_grade in_reason out_date:i out_reason to_zone
        """,
    ),
    "ent_period": (
        "year form seq", "zone_code ent year form seq", True,
        """
        ent:>enterprise gov:b sales_val:b export_deliv:b rev:b rev_main:b cost:b tax_sur:b exp_sell:b exp_adm:b
        exp_rd:b exp_fin:b loss_asset:b loss_credit:b inc_fv:b inc_inv:b inc_disp:b inc_hedge:b inc_oth:b op_profit:b
        nonop_in:b nonop_out:b profit:b tax_income:b vat:b tax_paid:b tax_paid_vat:b tax_paid_inc:b tax_local:b
        tax_cut:b payroll:b depr:b assets:b fa_orig:b fa_net:b liab:b equity:b va:b emp_end:b emp_avg:b rd_exp:b
        rd_fee:b rd_deduct:b rd_emp:b rd_act:s pat_app:b pat_inv:b fai_year:b fai_cum:b energy_tce:b elec_kwh:b
        water_t:b pol_eq:b cod:b exp_usd:b imp_usd:b note
        """,
    ),
    "tw_ent": (
        "", "zone_code ent", True,
        """
        ent:>enterprise reg_class tw_investor ml_investor tw_share:b route third_name third_place recog:s recog_no
        recog_date:i layers:b ult_share:b reg_cap:b cur reg_fx_usd:b inv_total_usd:b contract_tw_usd:b tw_cadre:b
        from_city tw_cluster main_prod policies dispute att
        """,
    ),
    "capital_in": (
        "", "zone_code proof_no", False,
        """
        proof_no ent:>enterprise proj_no in_date:i cur amt_fc:b fx_usd:b amt_usd:b fx_cny:b amt_cny:b way route
        src_country in_mofcom:s in_prov:s via_third:s
        """,
    ),
    "tw_youth": (
        "", "zone_code ty_id", False,
        """
        ty_id name id_type id_no id_hash sex birth:i ent:>enterprise base kind from_date:i to_date:i post edu major
        hometown soc_ins:s contract:s startup_uscc startup_cap:b
        """,
    ),
    "exchange": (
        "", "zone_code act_no", False,
        """
        act_no act_name kind start_date:i end_date:i place organizer tw_total:b tw_youth_cnt:b tw_youth_uniq:b
        ml_cnt:b amount_signed:b approval_no report_att
        """,
    ),
    "exchange_person": (
        "", "zone_code act id_no", False,
        """
        act:>exchange id_no id_hash is_youth:s
        """,
    ),
    "target": (
        "year", "zone_code ind_id level year", False,
        """
        ind_id level target_min:b target_max:b target_text base_year base_value:b doc_no responsible
        """,
    ),
    "return_batch": (
        "year form seq", "zone_code pack version year form seq", False,
        """
        pack version:b state pack_version issued_at short_code file_hash unit_leader stat_leader filler tel
        report_date:i figures
        """,
    ),
    "audit_note": (
        "year form seq", "zone_code pack rule row year form seq", False,
        """
        pack rule ledger row seen text
        """,
    ),
}  # fmt: skip


def upgrade(op: Operations) -> None:
    """From nothing to schema 1."""
    make(op, _LEDGERS)
    _rest(op)


def _rest(op: Operations) -> None:
    op.create_table("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
    op.create_table(
        "batch",
        Column("zone_code", Text, nullable=False),
        Column("no", Integer, nullable=False),
        Column("id", LargeBinary, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("at", "who", "host", "kind", "title")),
        Column("source", Text),
        Column("reverses", Integer),
        Column("reversed_by", Integer),
        PrimaryKeyConstraint("zone_code", "no", name="pk_batch"),
    )
    op.create_index("batch_no", "batch", ["no"], unique=True)
    op.create_table(
        "change",
        Column("zone_code", Text, nullable=False),
        Column("batch", Integer, nullable=False),
        Column("ledger", Text, nullable=False),
        Column("row", LargeBinary, nullable=False),
        Column("op", SmallInteger, nullable=False),
        Column("data", Text),
        PrimaryKeyConstraint("zone_code", "batch", "ledger", "row", name="pk_change"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding",
        *(Column(name, Text, nullable=False) for name in ("zone_code", "pack", "period", "rule")),
        Column("row", LargeBinary, nullable=False),
        PrimaryKeyConstraint("zone_code", "pack", "period", "rule", "row", name="pk_finding"),
        sqlite_with_rowid=False,
    )
