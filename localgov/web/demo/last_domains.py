"""Demonstration answers of domains 5 to 8."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from localgov.web.demo.first_domains import FirstDomains
from localgov.web.demo.maker import NONE, Answers

_COUNCIL_SEATS = {"SUBDISTRICT": 12, "TOWN": 18, "CITY": 24, "SPECIAL": 24, "PAO": 30}


class AllDomains(FirstDomains):
    """Water, governance, society, economy."""

    def water(self) -> None:
        """Domain 5."""
        systems = self.rng.randint(2, 5)
        rows = [self._water_system(number) for number in range(1, systems + 1)]
        ponds, wells = self.rng.randint(1, 3), self.rng.randint(1, 4)
        sources = [self._source(number, "dug_pond") for number in range(1, ponds + 1)]
        sources += [self._source(number + ponds, "groundwater_well") for number in range(1, wells + 1)]
        self.put(
            water_system_count=systems,
            water_system_working_count=sum(1 for row in rows if row["ws_operational_status"] == "working"),
            water_system_drinking_pass_count=sum(1 for row in rows if row["ws_drinking_quality"] == "pass"),
            water_system_insufficient_count=sum(1 for row in rows if row["ws_quantity"] == "not_enough"),
            water_quality_test_count=self.rng.randint(1, 4),
            water_system=rows,
            dug_pond_count=ponds,
            groundwater_well_count=wells,
            groundwater_well_working_count=wells,
            water_storage_total_m3=sum(row["water_source_capacity_m3"] for row in sources),
            irrigated_area_rai=sum(row["water_source_area_rai"] for row in sources),
            water_source=sources,
            irrigation_canal_count=self.rng.randint(0, 6),
            pump_station_count=self.rng.randint(0, 3),
        )
        self.zeros(
            "weir_count",
            "check_dam_count",
            "reservoir_count",
            "groundwater_bank_closed_count",
            "groundwater_bank_open_count",
        )
        if self.is_pao:
            return
        tap = self.share(0.7, 0.9, self.households)
        with_works = self.villages - min(1, self.villages)
        self.put(
            village_waterworks_yes_count=with_works,
            village_waterworks_no_count=self.villages - with_works,
            household_tap_water_count=tap,
            household_pwa_count=self.share(0.1, 0.4, tap),
            household_self_source_count=self.share(0.3, 0.6, self.households - tap),
            household_natural_source_count=0,
            household_no_clean_water_count=0,
            tap_water_produced_m3d=self.rng.randint(300, 2_000),
            tap_water_demand_m3d=self.rng.randint(250, 1_900),
            tap_water_income=self.rng.randint(100_000, 2_000_000),
            village_water_village=self.rows(self.villages, lambda number: self._village_water(number, with_works)),
            natural_river_count=0,
            natural_pond_count=0,
            shallow_well_count=self.rng.randint(0, 12),
        )

    def _village_water(self, number: int, with_works: int) -> Answers:
        households = self.answers["village"][number - 1]["village_households"]
        village = self.share(0.3, 0.6, households)
        row = dict.fromkeys(("vw_src_mwa", "vw_src_commercial", "vw_src_other_village", "vw_src_waterbank"), 0)
        return row | {
            "vw_village_no": number,
            "vw_village_name": self._village_name(number),
            "vw_tambon": self.unit.tambons[0],
            "vw_households": households,
            "vw_has_waterworks": number <= with_works,
            "vw_src_pwa": village,
            "vw_src_self": self.share(0.05, 0.2, households),
            "vw_src_natural": 0,
        }

    def _water_system(self, number: int) -> Answers:
        good = self.yes(0.85)
        return {
            "ws_name": f"ประปาหมู่บ้านสาธิต {number}",
            "ws_village_no": number,
            "ws_owner_type": "lao",
            "ws_responsible_agency": self.unit.name,
            "ws_system_type": "groundwater_medium",
            "ws_source_type": "groundwater",
            "ws_capacity_m3_hr": 7,
            "ws_usage_type": "domestic",
            "ws_construction_year_be": self.rng.randint(2540, 2565),
            "ws_establishment_type": "built",
            "ws_operational_status": "working" if good else "not_working",
            "ws_drinking_quality": "pass" if good else "fail",
            "ws_utility_quality": "usable",
            "ws_quantity": "enough" if good else "not_enough",
            "ws_households_served": self.rng.randint(20, 90),
            "ws_shared": "not_shared",
            "ws_location": self.point(),
        }

    def _source(self, number: int, kind: str) -> Answers:
        return {
            "water_source_name": f"แหล่งน้ำสาธิต {number}",
            "water_source_type": kind,
            "water_source_capacity_m3": self.rng.randint(500, 40_000),
            "water_source_area_rai": self.rng.randint(5, 300),
            "water_source_year_round": self.yes(0.7),
            "water_source_condition": "usable",
            "water_source_location": self.point(),
        }

    def governance(self) -> None:
        """The rest of domain 6."""
        seats = _COUNCIL_SEATS.get(self.unit.unit_type, max(6, self.villages))
        members = seats - self.rng.randint(0, 1)
        voters = self.share(0.72, 0.8, self.people)
        staff = {
            "staff_official_count": self.rng.randint(12, 60),
            "staff_teacher_count": self.rng.randint(1, 9),
            "staff_permanent_employee_count": self.rng.randint(0, 5),
            "staff_contract_mission_count": self.rng.randint(5, 40),
            "staff_contract_general_count": self.rng.randint(5, 40),
        }
        projects, complaints = self.rng.randint(60, 220), self.rng.randint(2, 40)
        self.put(
            council_seat_count=seats,
            council_member_count=members,
            council_female_count=self.rng.randint(1, members // 2),
            council_meeting_count=self.rng.randint(4, 8),
            eligible_voter_count=voters,
            turnout_count=self.share(0.55, 0.8, voters),
            executive_person=[
                {"exec_position": "mayor", "exec_name": "นายก (ข้อมูลสาธิต)", "exec_from": "2025-02-01"},
                {"exec_position": "clerk", "exec_name": "ปลัด (ข้อมูลสาธิต)", "exec_from": "2023-10-01"},
            ],
            **staff,
            staff_total=sum(staff.values()),
            staff_post_authorised_count=sum(staff.values()) + self.rng.randint(0, 9),
            personnel_cost_percent=str(self.rng.randint(2500, 3900) / Decimal(100)),
            local_plan_project_count=projects,
            local_plan_project_done_count=self.share(0.2, 0.7, projects),
            budget_ordinance_date=date(self.year - 543 - 1, 9, 20).isoformat(),
            elaas_current=True,
            ita_score=str(self.rng.randint(8000, 9800) / Decimal(100)),
            complaint_received_count=complaints,
            complaint_closed_count=self.share(0.7, 1, complaints),
            satisfaction_percent=str(self.rng.randint(8200, 9700) / Decimal(100)),
            internal_audit_done=True,
            dpo_appointed=self.yes(0.8),
        )

    def society(self) -> None:
        """Domain 7."""
        self.put(
            elderly_school_count=self.rng.randint(0, 2),
            tradition_count=1,
            culture_budget=self.rng.randint(50_000, 900_000),
            tradition=[{"trad_name": "ประเพณีสงกรานต์", "trad_month": "4", "trad_place": "ลานวัด"}],
        )
        if self.is_pao:
            return
        elderly = self.share(0.16, 0.22, self.people)
        bands = self.even(self.share(0.8, 0.95, elderly), 4)
        disabled = self.share(0.02, 0.035, self.people)
        helped = self.share(0.7, 0.95, disabled)
        temples = self.rng.randint(2, 8)
        self.put(
            elderly_count=elderly,
            elderly_60_69_count=bands[0],
            elderly_70_79_count=bands[1],
            elderly_80_89_count=bands[2],
            elderly_90_plus_count=bands[3],
            elderly_allowance_count=sum(bands),
            elderly_allowance_amount=sum(bands) * 8400,
            disabled_count=disabled,
            disabled_allowance_count=helped,
            disabled_allowance_amount=helped * 9600,
            aids_allowance_count=0,
            aids_allowance_amount=0,
            newborn_grant_count=self.share(0.4, 0.6, self.answers["child_0_2_count"]),
            poor_household_count=self.share(0.01, 0.06, self.households),
            welfare_fund_count=1,
            village_fund_count=self.villages + self.communities,
            cbo_count=self.rng.randint(3, 20),
            police_station_count=self.rng.randint(0, 1),
            buddhist_temple_count=temples,
            monastery_residence_count=0,
            mosque_count=0,
            church_count=0,
            shrine_count=0,
            religious_place_total=temples,
            cremation_place_count=temples,
            local_wisdom_count=0,
            religious_place=self.rows(
                temples,
                lambda number: {"rp_kind": "temple", "rp_name": f"วัดสาธิต {number}", "rp_location": self.point()},
            ),
            local_wisdom=NONE,
        )

    def economy(self) -> None:
        """Domain 8."""
        self.put(
            pawnshop_has=False,
            market_count=1,
            market_lao_count=1,
            occupation_training_count=self.rng.randint(1, 8),
            sufficiency_learning_centre_count=self.rng.randint(0, 3),
            market=[self._market()],
            attraction_count=0,
            attraction=NONE,
            tourist_info_centre_has=False,
            public_park_count=self.rng.randint(0, 4),
        )
        rai = int(self.area * 625)
        farm = self.share(0.3, 0.6, rai)
        self.lao(
            main_occupation="agriculture",
            farm_household_count=self.share(0.3, 0.7, self.households),
            farm_area_rai=farm,
            rice_area_rai=self.share(0.4, 0.6, farm),
            field_crop_area_rai=self.share(0.1, 0.2, farm),
            orchard_area_rai=self.share(0.05, 0.15, farm),
            livestock_farm_count=self.rng.randint(0, 30),
            factory_count=self.rng.randint(0, 12),
            shop_count=self.rng.randint(20, 300),
            fuel_station_count=self.rng.randint(1, 8),
            bank_count=self.rng.randint(0, 3),
            community_enterprise_count=self.rng.randint(1, 15),
            savings_group_count=self.rng.randint(1, 12),
            otop_product_count=0,
            local_product=NONE,
            hotel_count=0,
            hotel_room_count=0,
            homestay_count=0,
            hotel=NONE,
        )

    def _market(self) -> Answers:
        return {
            "market_name": "ตลาดสดสาธิต",
            "market_owner": "lao",
            "market_kind": "type_1",
            "market_stalls": self.rng.randint(20, 120),
            "market_standard": self.yes(0.7),
            "market_income": self.rng.randint(50_000, 800_000),
            "market_location": self.point(),
        }
