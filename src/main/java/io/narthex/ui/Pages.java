package io.narthex.ui;

import io.narthex.clock.Clock;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The web UI's routes: pages, assets and the redirects of old addresses.
///
/// Pages are made on worker threads, for a model may be slow. Templates and assets are read with
/// the first page or asset that is asked for: a start does not wait for them. From then on assets
/// come from memory, on the event loop.
public final class Pages {

  private static final int DEFAULT_TSDB_ROWS = 10;
  private static final int MAX_TSDB_ROWS = 10_000;

  private final PageModel model;
  private final Clock clock;
  private final String linkBase;
  private final String product;
  private final ClassLoader resources;
  private volatile @Nullable Content content;
  private final PageHeaders headers = new PageHeaders();

  /// @param linkBase path of the external URL as browsers see it, which all links start with:
  ///   empty, or `/prometheus`; a slash at its end is ignored
  /// @param product what the title of every page ends with, such as `Narthex`
  public Pages(PageModel model, Clock clock, String linkBase, String product) {
    this(model, clock, linkBase, product, Pages.class.getClassLoader());
  }

  /// As above, with templates and assets from another place than this room's own class path.
  public Pages(
      PageModel model, Clock clock, String linkBase, String product, ClassLoader resources) {
    this.model = model;
    this.clock = clock;
    this.linkBase = withoutSlash(linkBase);
    this.product = product;
    this.resources = resources;
  }

  private record Content(Assets assets, Templates templates) {}

  /// Reads files at first: not for an event loop then.
  private Content content() {
    Content read = content;
    return read != null ? read : firstContent();
  }

  private synchronized Content firstContent() {
    Content read = content;
    if (read == null) {
      read = new Content(new Assets(resources), new Templates(resources));
      content = read;
    }
    return read;
  }

  private void asset(RoutingContext context) {
    Content read = content;
    if (read != null) {
      read.assets().serve(context);
    } else {
      context.next();
    }
  }

  /// Adds the routes below `routePrefix`, the path under which this server itself sees requests:
  /// `/` or `/prometheus`.
  public void register(Router router, String routePrefix) {
    String prefix = withoutSlash(routePrefix);
    page(router, prefix, "query", "Query", context -> Map.of());
    page(router, prefix, "targets", "Target health", this::targets);
    page(router, prefix, "service-discovery", "Service discovery", this::discovery);
    page(router, prefix, "tsdb-status", "TSDB status", this::tsdbStatus);
    page(router, prefix, "queries", "Running queries", context -> Map.of());
    page(router, prefix, "config", "Configuration", context -> Map.of("yaml", model.configYaml()));
    page(router, prefix, "flags", "Command-line flags", context -> Map.of("flags", model.flags()));
    page(router, prefix, "status", "Runtime & build information", context -> status());
    router
        .get(prefix + "/assets/:name")
        .handler(this::asset)
        .blockingHandler(context -> content().assets().serve(context), false);
    router.get(prefix + "/graph").handler(this::toQuery);
    router.get(prefix.isEmpty() ? "/" : prefix).handler(this::toQuery);
    if (!prefix.isEmpty()) {
      router.get("/").handler(this::toQuery);
    }
  }

  private void page(
      Router router,
      String prefix,
      String name,
      String title,
      Function<RoutingContext, Map<String, ?>> values) {
    router
        .get(prefix + "/" + name)
        .blockingHandler(context -> answer(context, name, title, values.apply(context)), false);
  }

  private void answer(RoutingContext context, String name, String title, Map<String, ?> values) {
    Assets assets = content().assets();
    Map<String, Object> all = new HashMap<>(values);
    all.put("nonce", headers.apply(context.response()));
    all.put("page", name);
    all.put("title", title);
    all.put("product", product);
    all.put("base", linkBase);
    all.put("assets", linkBase + "/assets/");
    all.put("styles", assets.nameOf("main.css"));
    all.put("theme", assets.nameOf("theme.js"));
    all.put("script", assets.nameOf(name.equals("query") ? "query.js" : "page.js"));
    all.put("icon", assets.nameOf("icon.svg"));
    all.put("licences", assets.nameOf("licences.txt"));
    all.put("version", model.build().version());
    context.response().end(content().templates().render(name, all));
  }

  private Map<String, ?> targets(RoutingContext context) {
    return Map.of(
        "view", TargetsPage.of(model.targetPools(), RowFilter.of(context), clock.nowMs()));
  }

  private Map<String, ?> discovery(RoutingContext context) {
    return Map.of("view", DiscoveryPage.of(model.discoveryPools(), RowFilter.of(context)));
  }

  private Map<String, ?> tsdbStatus(RoutingContext context) {
    int limit = rowLimit(context.queryParams().get("limit"));
    return Map.of("view", TsdbPage.of(model.tsdbStatus(limit), limit));
  }

  private Map<String, ?> status() {
    return Map.of(
        "runtime", Property.of(model.runtime(), clock.nowMs()),
        "build", Property.of(model.build()));
  }

  private void toQuery(RoutingContext context) {
    String query = context.request().query();
    String target = linkBase + "/query" + (query == null ? "" : "?" + query);
    context
        .response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, target)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .end("<a href=\"" + linkBase + "/query\">Found</a>.\n\n");
  }

  private static int rowLimit(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,6}")) {
      return DEFAULT_TSDB_ROWS;
    }
    return Math.clamp(Integer.parseInt(text), 1, MAX_TSDB_ROWS);
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
