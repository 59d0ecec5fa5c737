"""Demonstration answers of domains 1 to 4."""

from __future__ import annotations

from decimal import Decimal

from localgov.web.demo.maker import NONE, Answers, Maker


class FirstDomains(Maker):
    """Health, education, disasters, infrastructure."""

    def health(self) -> None:
        """Domain 1."""
        hospitals = self.rng.randint(2, 40) if self.is_pao else self.rng.randint(1, 3)
        transferred = hospitals if self.is_pao else 0
        self.put(
            health_promoting_hospital_count=hospitals,
            health_promoting_hospital_transferred_count=transferred,
            lao_health_centre_count=0,
            lao_hospital_count=0,
            ems_service=self.yes(0.6),
            health_unit=self.rows(hospitals, self._health_unit),
            waste_vehicle=NONE,
            waste_site=NONE,
            wastewater_plant_has=False,
            slaughterhouse_count=0,
            hazardous_waste_kg=self.rng.randint(50, 900),
        )
        if self.answers["ems_service"]:
            self.put(ems_vehicle_count=self.rng.randint(1, 3), ems_call_count=self.rng.randint(20, 400))
        if self.is_pao:
            return
        dogs, strays, cats = (
            self.share(0.08, 0.14, self.people),
            self.rng.randint(10, 90),
            self.share(0.04, 0.09, self.people),
        )
        animals = dogs + strays + cats
        tons = round(Decimal(self.people) * Decimal("0.0009"), 2)
        proper, reused = round(tons * Decimal("0.4"), 2), round(tons * Decimal("0.3"), 2)
        self.put(
            village_health_volunteer_count=self.share(0.012, 0.02, self.people),
            dependent_elderly_count=self.share(0.003, 0.008, self.people),
            dengue_case_count=self.rng.randint(0, 15),
            local_health_fund_member=True,
            local_health_fund_balance=self.rng.randint(80_000, 900_000),
            dog_owned_count=dogs,
            dog_stray_count=strays,
            cat_owned_count=cats,
            cat_stray_count=0,
            dog_cat_total=animals,
            rabies_vaccinated_count=self.share(0.82, 0.95, animals),
            waste_service_provided=True,
            waste_generated_tpd=str(tons),
            waste_disposed_properly_tpd=str(proper),
            waste_reused_tpd=str(reused),
            waste_disposed_improperly_tpd=str(tons - proper - reused),
            waste_collected_tpd=str(round(tons * Decimal("0.7"), 2)),
            waste_service_household_count=self.share(0.6, 0.95, self.households),
            wet_waste_bin_household_count=self.share(0.5, 0.98, self.households),
            waste_bank_count=self.rng.randint(1, 6),
            waste_fee_income=self.rng.randint(40_000, 900_000),
        )

    def _health_unit(self, number: int) -> Answers:
        return {
            "health_unit_name": f"รพ.สต. สาธิต {number}",
            "health_unit_type": "health_promoting_hospital",
            "health_unit_affiliation": "pao" if self.is_pao else "public_health_ministry",
            "health_unit_phone": self.phone(),
            "health_unit_location": self.point(),
        }

    def education(self) -> None:
        """Domain 2."""
        self.put(
            school_lunch_budget=self.rng.randint(300_000, 3_000_000),
            school_milk_budget=self.rng.randint(100_000, 900_000),
            school=NONE,
            library_count=self.rng.randint(0, 2),
            community_learning_centre_count=self.rng.randint(0, 4),
            sport_ground_count=self.rng.randint(1, 8),
            free_wifi_point_count=self.rng.randint(1, 20),
            e_service_count=self.rng.randint(1, 6),
            e_payment_has=self.yes(0.7),
            innovation_count=0,
            innovation_award_count=0,
            innovation_item=NONE,
        )
        self.zeros(
            "lao_school_count",
            "student_kindergarten_count",
            "student_primary_count",
            "student_lower_secondary_count",
            "student_upper_secondary_count",
            "student_vocational_count",
            "student_total",
            "lao_teacher_count",
        )
        if self.is_pao:
            return
        centres = self.rng.randint(1, 3)
        rows = [self._child_centre(number) for number in range(1, centres + 1)]
        self.put(
            child_0_2_count=self.share(0.018, 0.026, self.people),
            child_3_5_count=self.share(0.02, 0.03, self.people),
            child_centre_count=centres,
            child_centre_enrolled_count=sum(
                row["child_centre_enrolled_male"] + row["child_centre_enrolled_female"] for row in rows
            ),
            child_centre_teacher_count=sum(row["child_centre_teachers"] for row in rows),
            child_centre_teacher_bachelor_count=centres,
            child_centre_standard_pass_count=sum(1 for row in rows if row["child_centre_grade"] in "ab"),
            child_centre=rows,
            youth_council_has=self.yes(0.8),
        )

    def _child_centre(self, number: int) -> Answers:
        boys, girls = self.rng.randint(12, 34), self.rng.randint(12, 34)
        return {
            "child_centre_name": f"ศูนย์พัฒนาเด็กเล็กสาธิต {number}",
            "child_centre_origin": "own",
            "child_centre_location_type": "lao_building",
            "child_centre_enrolled_male": boys,
            "child_centre_enrolled_female": girls,
            "child_centre_under_two": 0,
            "child_centre_teachers": (boys + girls) // 15 + 1,
            "child_centre_rooms": self.rng.randint(2, 5),
            "child_centre_grade": self.rng.choice("abc"),
            "child_centre_location": self.point(),
        }

    def disaster(self) -> None:
        """Domain 3."""
        shelters = self.rng.randint(1, 3)
        rows = [self._shelter(number) for number in range(1, shelters + 1)]
        trucks = self.rng.randint(1, 2)
        staff = self.rng.randint(4, 12)
        self.put(
            disaster_plan_has=True,
            disaster_plan_year_be=self.year - 1,
            disaster_drill_count=self.rng.randint(1, 3),
            disaster_staff_count=staff,
            firefighter_count=staff - 2,
            rescue_volunteer_count=0,
            hotline_24h_has=True,
            hotline_phone="199",
            warning_system_count=self.rng.randint(0, 4),
            fire_vehicle_count=trucks,
            boat_count=self.rng.randint(0, 3),
            water_pump_count=self.rng.randint(1, 8),
            shelter_count=shelters,
            shelter_capacity_total=sum(row["shelter_capacity"] for row in rows),
            disaster_vehicle=self.rows(trucks, self._fire_truck),
            shelter=rows,
            road_danger_point_count=self.rng.randint(0, 9),
            disaster_aid_paid=0,
            reserve_fund_disaster=self.rng.randint(200_000, 3_000_000),
        )
        members = self.share(0.021, 0.03, self.people)
        most = self.villages + self.communities
        self.lao(
            opapor_member_count=members,
            opapor_trained_count=self.share(0.3, 0.9, members),
            one_tambon_rescue_team_count=1,
            hydrant_count=20,
            hydrant_working_count=self.rng.randint(15, 20),
            risk_village_flood_count=self.rng.randint(0, most),
            risk_village_drought_count=self.rng.randint(0, most),
            risk_village_landslide_count=0,
            risk_village_fire_count=self.rng.randint(0, most // 2),
            road_death_count=self.rng.randint(0, 4),
            disaster_event_count=0,
            disaster_damage_total=0,
            disaster_event=NONE,
        )

    def _fire_truck(self, number: int) -> Answers:
        return {
            "disaster_vehicle_plate": f"สธ {self.rng.randint(1000, 8999)}-{number}",
            "disaster_vehicle_type": "water_truck",
            "disaster_vehicle_water_litre": 6000,
            "disaster_vehicle_year_be": self.rng.randint(2550, 2566),
            "disaster_vehicle_condition": "usable",
            "disaster_vehicle_owner": "lao",
        }

    def _shelter(self, number: int) -> Answers:
        return {
            "shelter_name": f"ศูนย์พักพิงสาธิต {number}",
            "shelter_capacity": self.rng.randint(60, 300),
            "shelter_disabled_access": self.yes(0.5),
            "shelter_contact_phone": self.phone(),
            "shelter_location": self.point(),
        }

    def infrastructure(self) -> None:
        """Domain 4."""
        roads = [self._road(number) for number in range(1, self.rng.randint(6, 15))]
        by_surface = {
            surface: sum(
                (Decimal(row["road_length_km"]) for row in roads if row["road_surface"] == surface), Decimal(0)
            )
            for surface in ("concrete", "asphalt", "gravel", "earth")
        }
        total = sum(by_surface.values(), Decimal(0))
        inside = sum((Decimal(row["road_length_km"]) for row in roads if row["road_zone"] == "inside"), Decimal(0))
        lights = self.rng.randint(60, 900)
        self.put(
            road_route_count=len(roads),
            road_length_total_km=str(total),
            road_in_community_km=str(inside),
            road_out_community_km=str(total - inside),
            road_registered_count=len(roads) // 2,
            road_registered_km=str(round(total / 3, 3)),
            bridge_count=0,
            drain_km=str(self.rng.randint(1, 12)),
            road=roads,
            bridge=NONE,
            street_light_count=lights,
            street_light_working_count=self.share(0.85, 1, lights),
            electricity_cost=self.rng.randint(100_000, 2_000_000),
            office_building_own=True,
            disabled_facility_count=self.rng.randint(1, 5),
            bus_terminal_count=0,
            pier_count=0,
            cctv_count=40,
            cctv_working_count=self.rng.randint(25, 40),
            **{f"road_{surface}_km": str(length) for surface, length in by_surface.items()},
        )
        served = self.share(0.97, 1, self.households)
        percent = (Decimal(served) * 100 / self.households).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        self.lao(
            household_electricity_count=served,
            household_electricity_percent=str(percent),
            building_permit_count=self.rng.randint(5, 120),
            town_plan_status="announced",
            tax_map_done_percent=self.rng.randint(60, 100),
            public_land_plot_count=self.rng.randint(1, 20),
            public_land_area_rai=self.rng.randint(5, 200),
            housing_count=self.households,
        )

    def _road(self, number: int) -> Answers:
        return {
            "road_route_code": f"{self.unit.code[:2]}-ถ.{number:04d}",
            "road_name": f"สายสาธิต {number}",
            "road_zone": self.rng.choice(("inside", "outside")),
            "road_class": self.rng.choice(("class_2", "class_3", "class_4")),
            "road_surface": self.rng.choice(("concrete", "concrete", "asphalt", "gravel", "earth")),
            "road_length_km": f"{self.rng.uniform(0.2, 4):.3f}",
            "road_carriageway_m": "5",
            "road_shoulder_m": "0.5",
            "road_reserve_m": "8",
            "road_year_be": self.rng.randint(2535, 2566),
            "road_condition": self.rng.choice(("good", "fair", "damaged")),
            "road_start": self.point(),
        }
