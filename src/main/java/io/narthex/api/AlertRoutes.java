package io.narthex.api;

import io.vertx.ext.web.RoutingContext;

/// Rules, alerts and Alertmanagers. A configuration that names any is refused at start, so there
/// are none: the answers are those of a server without rules.
final class AlertRoutes {

  private AlertRoutes() {}

  static Answer rules(ApiParams params, RoutingContext context) {
    RulesParams.of(params);
    return Answer.of(out -> out.beginObject().key("groups").beginArray().endArray().endObject());
  }

  static Answer alerts(ApiParams params, RoutingContext context) {
    return Answer.of(out -> out.beginObject().key("alerts").beginArray().endArray().endObject());
  }

  static Answer alertmanagers(ApiParams params, RoutingContext context) {
    return Answer.of(out -> {
      out.beginObject().key("activeAlertmanagers").beginArray().endArray();
      out.key("droppedAlertmanagers").beginArray().endArray().endObject();
    });
  }
}
