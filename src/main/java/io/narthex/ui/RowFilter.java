package io.narthex.ui;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;

/// What a reader of the targets or discovery page asked for, from the page's own parameters. Empty
/// text asks for everything.
///
/// @param pool name of the only pool to show
/// @param health `up`, `down` or `unknown`
/// @param search words, all of which must occur in the address or the labels, in any case
record RowFilter(String pool, String health, String search) {

  static RowFilter of(RoutingContext context) {
    var params = context.queryParams();
    String pool = params.get("pool");
    String health = params.get("health");
    String search = params.get("search");
    return new RowFilter(
        pool == null ? "" : pool, health == null ? "" : health, search == null ? "" : search);
  }

  boolean takesPool(String name) {
    return pool.isEmpty() || pool.equals(name);
  }

  boolean takes(TargetView target) {
    return (health.isEmpty() || health.equals(target.health()))
        && matches(target.scrapeUrl() + ' ' + text(target.labels()));
  }

  boolean takes(DiscoveredTargetView target) {
    return matches(text(target.labels()) + ' ' + text(target.discoveredLabels()));
  }

  private boolean matches(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String word : search.toLowerCase(Locale.ROOT).split(" ")) {
      if (!lower.contains(word)) {
        return false;
      }
    }
    return true;
  }

  private static String text(Map<String, String> labels) {
    StringBuilder out = new StringBuilder();
    labels.forEach((name, value) -> out.append(name).append("=\"").append(value).append("\" "));
    return out.toString();
  }
}
