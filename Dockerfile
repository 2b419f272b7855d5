# A node as an image:  docker build -t dataprism .
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -B -q -ntp -Pquick -pl :dataprism-app -am package

FROM eclipse-temurin:17-jre
# The data folder is for this user alone; a volume that is new takes owner and mode over from here
RUN useradd --uid 10001 --user-group --home-dir /var/lib/dataprism --no-create-home --shell /usr/sbin/nologin dataprism \
    && install --directory --owner=dataprism --group=dataprism --mode=700 /var/lib/dataprism
COPY --from=build /src/src/app/target/dist /opt/dataprism
COPY --from=build /src/conf/compose /etc/dataprism
# The agent's name has no version then
RUN ln -s /opt/dataprism/lib/dataprism-agent-*.jar /opt/dataprism/agent.jar
WORKDIR /opt/dataprism
USER dataprism
VOLUME /var/lib/dataprism
EXPOSE 7780
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7780 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
# No package of the JDK's is opened: it would be open to plugins, too
ENTRYPOINT ["java", "-javaagent:/opt/dataprism/agent.jar=kept=/var/lib/dataprism/checks", "-Ddataprism.home=/opt/dataprism", "-p", "/opt/dataprism/lib", "-m", "io.dataprism.app"]
CMD ["run", "--conf", "/etc/dataprism", "--cluster"]
