# docker build --tag evenkeel:0.1.0-SNAPSHOT .
# Stages: build the jar and take it apart in layers; run it once over a PostgreSQL, so that the JVM learns what it will
# need (AOT cache); the image, without compiler, Maven, PostgreSQL or shell for its user.
ARG JDK=eclipse-temurin:25-jdk-noble
ARG JRE=eclipse-temurin:25-jre-noble

FROM ${JDK} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends maven \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode --no-transfer-progress -Dspotless.check.skip -DskipTests package
# PostgreSQL comes from elsewhere: an image without a database of its own cannot lose one.
RUN java -Djarmode=tools -jar target/evenkeel-*.jar extract --layers --application-filename evenkeel.jar --destination /layers \
    && rm /layers/dependencies/lib/embedded-postgres-binaries-*.jar

FROM ${JRE} AS untrained
RUN groupadd --gid 10001 evenkeel \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/evenkeel --shell /usr/sbin/nologin evenkeel \
    && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/evenkeel
# java-low-ports may bind ports below 1024 without being root, where the container has NET_BIND_SERVICE. A program with
# capabilities finds its libraries in trusted places only.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcap2-bin \
    && cp "$JAVA_HOME/bin/java" "$JAVA_HOME/bin/java-low-ports" \
    && setcap cap_net_bind_service=+ep "$JAVA_HOME/bin/java-low-ports" \
    && echo "$JAVA_HOME/lib" > /etc/ld.so.conf.d/java.conf \
    && ldconfig \
    && apt-get purge --yes --auto-remove libcap2-bin \
    && rm -rf /var/lib/apt/lists/*
COPY packaging/image/java.args /app/java.args
COPY --from=build /layers/dependencies/ /app/
COPY --from=build /layers/spring-boot-loader/ /app/
COPY --from=build /layers/snapshot-dependencies/ /app/
COPY --from=build /layers/application/ /app/

FROM untrained AS trained
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql \
    && rm -rf /var/lib/apt/lists/*
COPY packaging/image/train-aot-cache /usr/local/bin/train-aot-cache
RUN train-aot-cache /app

FROM untrained
COPY --from=trained /app/evenkeel.aot /app/evenkeel.aot
# Refuses a cache that the JVM would refuse, silently and slowly, at each start.
RUN grep --invert-match -e '^-jar ' /app/java.args > /tmp/java.args \
    && java -XX:AOTMode=on @/tmp/java.args -cp /app/evenkeel.jar -version \
    && rm /tmp/java.args
ENV EVENKEEL_HOME=/var/lib/evenkeel/home
USER 10001:10001
WORKDIR /var/lib/evenkeel
EXPOSE 8080 8081
ENTRYPOINT ["java", "@/app/java.args"]
