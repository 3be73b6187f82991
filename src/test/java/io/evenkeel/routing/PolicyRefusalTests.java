package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What no policy may be: 400 naming the attribute, and nothing stored. @ stands for a pool's id. */
@EvenkeelTest
class PolicyRefusalTests {

    @Autowired
    private Api api;

    private Ground ground;

    @BeforeEach
    void createGround() {
        ground = new Ground(api);
    }

    private static final String URL = "\"action\":\"REDIRECT_TO_URL\",\"redirect_url_config\":";
    private static final String FIXED = "\"action\":\"FIXED_RESPONSE\",\"fixed_response_config\":";
    private static final String TO_POOL = "\"action\":\"REDIRECT_TO_POOL\",\"redirect_pool_id\":\"@\",";
    private static final String EXTRAS = TO_POOL + "\"redirect_pools_extend_config\":";

    private Api.Answer post(String listener, String fields) {
        return api.post(
                api.elb("/l7policies"),
                "{\"l7policy\":{\"listener_id\":\"" + listener + "\"," + fields.replace("@", ground.pool()) + "}}");
    }

    private static String expand(String body) {
        return body.replace('\'', '"')
                .replace("URL:", URL)
                .replace("FIXED:", FIXED)
                .replace("EXTRAS:", EXTRAS)
                .replace("TO_POOL:", TO_POOL)
                .replace("->", "REDIRECT_TO_");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            'action':'->POOL';                                                        redirect_pool_id
            'action':'->LISTENER';                                                    redirect_listener_id
            'action':'->URL';                                                         redirect_url_config
            'action':'FIXED_RESPONSE';                                                fixed_response_config
            TO_POOL:'fixed_response_config':{'status_code':'200'};                    fixed_response_config
            TO_POOL:'redirect_url_config':{'status_code':'301','path':'/a'};          redirect_url_config
            TO_POOL:'redirect_listener_id':'00000000-0000-0000-0000-000000000000';    redirect_listener_id
            TO_POOL:'priority':0;                                                     priority
            TO_POOL:'priority':10001;                                                 priority
            TO_POOL:'redirect_pools_sticky_session_config':{'timeout':1441};          timeout
            FIXED:{'status_code':'301'};                                              status_code
            FIXED:{'status_code':200};                                                status_code
            FIXED:{};                                                                 status_code
            FIXED:{'status_code':'200','content_type':'image/png'};                   content_type
            FIXED:{'status_code':'200','traffic_limit_config':{'qps':100001}};        qps
            FIXED:{'status_code':'200','traffic_limit_config':{'qps':5,'per_source_ip_qps':5}}; per_source_ip_qps
            FIXED:{'status_code':'200'},'redirect_pool_id':'@';                    redirect_pool_id
            URL:{'status_code':'301'};                                                redirect_url_config
            URL:{'status_code':'301','query':'a=b'};                                  redirect_url_config
            URL:{'status_code':'301','protocol':'HTTP'};                              redirect_url_config
            URL:{'status_code':'300','path':'/a'};                                    status_code
            URL:{'status_code':'301','protocol':'FTP'};                               protocol
            URL:{'status_code':'301','port':'65536'};                                 port
            URL:{'status_code':'301','host':'a_b'};                                   host
            URL:{'status_code':'301','path':'a'};                                     path
            EXTRAS:{'rewrite_url_enable':true};                                       rewrite_url_config
            EXTRAS:{'insert_headers_config':{'configs':[{'key':'Host','value_type':'USER_DEFINED','value':'a'}]}}; configs[0].key
            EXTRAS:{'insert_headers_config':{'configs':[{'key':'x','value_type':'SYSTEM_DEFINED','value':'a'}]}};  configs[0].value
            EXTRAS:{'insert_headers_config':{'configs':[{'key':'x','value_type':'OTHER','value':'a'}]}};           configs[0].value_type
            EXTRAS:{'remove_headers_config':{'configs':[{'key':'a b'}]}};             configs[0].key
            EXTRAS:{'cors_config':{'allow_origin':['*'],'max_age':172801}};           max_age
            EXTRAS:{'cors_config':{'allow_origin':['*'],'allow_methods':['TRACE']}};  allow_methods
            EXTRAS:{'cors_config':{'allow_origin':[]}};                               allow_origin
            'action':'->POOL','redirect_pools_config':[{'pool_id':'@','weight':101}];   weight
            'action':'->POOL','redirect_pools_config':[{'pool_id':'@','weight':'-1'}];  weight
            'action':'->POOL','redirect_pools_config':[{'pool_id':'@','weight':1.5}];   weight
            'action':'->POOL','redirect_pools_config':[{'weight':1}];                 pool_id
            TO_POOL:'rules':[{'type':'PATH','compare_type':'REGEX','value':'('}];     rules[0].value
            TO_POOL:'rules':[{'type':'COOKIE','compare_type':'EQUAL_TO','value':'a'}];  rules[0].type
            TO_POOL:'rules':[{'type':'METHOD','compare_type':'EQUAL_TO','value':'TRACE'}];  rules[0].value
            """)
    void refusesByName(String body, String attribute) {
        var listener = ground.advanced();
        var answer = post(listener, expand(body));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.body().path("error_msg").asString()).contains(attribute);
        assertThat(ground.ids("/l7policies?listener_id=" + listener)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            FIXED:{'status_code':'200'};                                              action
            URL:{'status_code':'301','path':'/a'};                                    action
            TO_POOL:'priority':2;                                                     priority
            'action':'->POOL','redirect_pools_config':[{'pool_id':'@'}];           redirect_pools_config
            TO_POOL:'rules':[{'type':'METHOD','compare_type':'EQUAL_TO','value':'GET'}];        rules[0].type
            TO_POOL:'rules':[{'type':'HOST_NAME','compare_type':'EQUAL_TO','value':'*.a.b'}];   rules[0].value
            TO_POOL:'rules':[{'type':'PATH','compare_type':'EQUAL_TO','value':'/','conditions':[{'value':'/a'}]}]; rules[0].conditions
            """)
    void refusesWithoutAdvancedPolicies(String body, String attribute) {
        var listener = ground.plain();
        var answer = post(listener, expand(body));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.body().path("error_msg").asString())
                .contains(attribute)
                .contains("enhance_l7policy_enable");
        assertThat(post(ground.advanced(), expand(body)).status()).isEqualTo(201);
    }

    @Test
    void takesWeightsAsNumbersAndAsTexts() {
        var made = post(
                        ground.advanced(),
                        expand(
                                "'action':'->POOL','redirect_pools_config':[{'pool_id':'@','weight':'10'},{'pool_id':'%s','weight':0},{'pool_id':'%s'}]"
                                        .formatted(ground.pool(), ground.pool())))
                .expect(201)
                .path("l7policy");
        assertThat(made.path("redirect_pools_config")
                        .valueStream()
                        .map(pool -> pool.path("weight").intValue()))
                .containsExactly(10, 0, 1);
        assertThat(made.path("redirect_pool_id").isNull()).isTrue();
    }
}
