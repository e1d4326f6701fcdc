package io.narthex.ui;

import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a reader of the targets or discovery page asked for, from the page's own parameters. Empty
/// text asks for everything.
///
/// @param pool name of the only pool to show
/// @param health `up`, `down` or `unknown`
/// @param search words, all of which must occur in the address or the labels, in any case
/// @param from how many matching rows to leave out, where one pool is shown
record RowFilter(String pool, String health, String search, int from) {

  private static final int MAX_FROM_DIGITS = 8;

  static RowFilter of(RoutingContext context) {
    var params = context.queryParams();
    String pool = params.get("pool");
    String health = params.get("health");
    String search = params.get("search");
    return new RowFilter(
        pool == null ? "" : pool,
        health == null ? "" : health,
        search == null ? "" : search.strip(),
        from(params.get("from")));
  }

  private static int from(@Nullable String text) {
    boolean number = text != null && text.matches("[0-9]{1," + MAX_FROM_DIGITS + "}");
    return number ? Integer.parseInt(text) : 0;
  }

  /// Address, relative to the page, of the same choice within `onlyPool`, from its row `start` on.
  String link(String onlyPool, int start) {
    StringBuilder out = new StringBuilder("?pool=").append(encoded(onlyPool));
    if (!health.isEmpty()) {
      out.append("&health=").append(encoded(health));
    }
    if (!search.isEmpty()) {
      out.append("&search=").append(encoded(search));
    }
    return start == 0 ? out.toString() : out.append("&from=").append(start).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  boolean takesPool(String name) {
    return pool.isEmpty() || pool.equals(name);
  }

  boolean takes(TargetView target) {
    return (health.isEmpty() || health.equals(target.health()))
        && (search.isEmpty() || matches(target.scrapeUrl() + ' ' + text(target.labels())));
  }

  boolean takes(DiscoveredTargetView target) {
    return search.isEmpty()
        || matches(text(target.labels()) + ' ' + text(target.discoveredLabels()));
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
