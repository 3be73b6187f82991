package io.evenkeel.testing;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.elb.v3.ElbClient;
import java.util.List;

/** The vendor's official SDK, unmodified, as a client of the service under test. */
public final class ElbSdk {

    private ElbSdk() {}

    /** A client with the access key of the first project. */
    public static ElbClient of(Api api) {
        return of(api.root());
    }

    /** The same by the address of the service. */
    public static ElbClient of(String endpoint) {
        return ElbClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(TestInstance.ACCESS_KEY)
                        .withSk(TestInstance.SECRET_KEY)
                        .withProjectId(TestInstance.PROJECT_ID))
                .withEndpoints(List.of(endpoint))
                .withHttpConfig(HttpConfig.getDefaultHttpConfig())
                .build();
    }
}
