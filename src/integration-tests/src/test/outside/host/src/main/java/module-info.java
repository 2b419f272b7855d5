/** The host application as a module. The kernel and its libraries are automatic modules. */
module outside.host {
    requires io.dataprism.api;
    requires io.dataprism.kernel;
    requires io.vertx.core;
    requires io.vertx.metrics.micrometer;
    requires micrometer.core;
}
