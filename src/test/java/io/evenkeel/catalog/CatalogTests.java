package io.evenkeel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@EvenkeelTest
class CatalogTests {

    @Autowired
    Api api;

    @Test
    void tellsItsVersionToEveryone() {
        var versions = api.as("nobody", "").get("/versions").expect(200).get("versions");

        assertThat(versions).hasSize(1);
        assertThat(versions.get(0).get("id").asString()).isEqualTo("v3");
        assertThat(versions.get(0).get("status").asString()).isEqualTo("CURRENT");
    }

    @Test
    void showsWhatItListsOfAFlavor() {
        var flavor = api.get(api.elb("/flavors?name=L7_flavor.elb.s1.small"))
                .expect(200)
                .get("flavors")
                .get(0);

        assertThat(flavor.get("type").asString()).isEqualTo("L7");
        assertThat(flavor.get("shared").asBoolean()).isTrue();
        assertThat(flavor.get("flavor_sold_out").asBoolean()).isFalse();
        assertThat(flavor.get("info").get("qps").asInt()).isEqualTo(4000);
        assertThat(flavor.get("info").get("https_cps").asInt()).isEqualTo(200);
        assertThat(api.get(api.elb("/flavors/" + flavor.get("id").asString()))
                        .expect(200)
                        .get("flavor"))
                .isEqualTo(flavor);
        assertThat(api.get(api.elb("/flavors/none")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10",
        "type=L4, 4",
        "type=L4&type=L7_elastic_max, 5",
        "shared=true&list_all=true, 10",
        "shared=false, 0",
        "flavor_sold_out=true, 0",
        "category=0, 10",
        "category=21, 0",
        "public_border_group=center, 10",
        "id=none, 0",
        "limit=3, 3"
    })
    void filtersFlavors(String query, int count) {
        var answer = api.get(api.elb("/flavors?" + query)).expect(200);

        assertThat(answer.get("flavors")).hasSize(count);
        assertThat(answer.get("page_info").get("current_count").asInt()).isEqualTo(count);
    }

    @Test
    void refusesUnknownQueryNames() {
        assertThat(api.get(api.elb("/flavors?size=big")).status()).isEqualTo(400);
        assertThat(api.get(api.elb("/availability-zones?size=big")).status()).isEqualTo(400);
    }

    @Test
    void namesTheZonesThatGoTogether() {
        Cloud.create(api);

        var sets = api.get(api.elb("/availability-zones")).expect(200).get("availability_zones");

        assertThat(sets).hasSize(1);
        assertThat(sets.get(0)).anySatisfy(zone -> {
            assertThat(zone.get("code").asString()).isEqualTo("az-1");
            assertThat(zone.get("state").asString()).isEqualTo("ACTIVE");
            assertThat(zone.get("protocol").toString()).isEqualTo("[\"L4\",\"L7\"]");
            assertThat(zone.get("public_border_group").asString()).isEqualTo("center");
            assertThat(zone.get("category").asInt()).isZero();
        });
        assertThat(api.get(api.elb("/availability-zones?public_border_group=edge"))
                        .expect(200)
                        .get("availability_zones"))
                .isEmpty();
    }
}
