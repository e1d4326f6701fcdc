package io.narthex.ui;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Scripts, styles and pictures of the pages, all held in memory.
///
/// The bundler writes a `manifest.properties` that maps a plain name (`page.js`) to the name with a
/// content hash (`page-4UHX2M7E.js`). Only names in the manifest are served, so no path of a
/// request ever reaches a file name; a hashed name never changes its bytes, so browsers may keep
/// it.
final class Assets {

  private static final System.Logger LOG = System.getLogger(Assets.class.getName());
  private static final String FOLDER = "META-INF/resources/ui/";

  private record Asset(String contentType, Buffer plain, @Nullable Buffer gzipped) {}

  private final Map<String, String> hashedNames = new HashMap<>();
  private final Map<String, Asset> assets = new HashMap<>();

  Assets(ClassLoader resources) {
    byte[] manifest = read(resources, "manifest.properties");
    if (manifest == null) {
      LOG.log(Level.WARNING, "the UI assets are not built: pages have no scripts and no styles");
      return;
    }
    Properties names = new Properties();
    try (InputStream in = new ByteArrayInputStream(manifest)) {
      names.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FOLDER + "manifest.properties", e);
    }
    for (String plainName : names.stringPropertyNames()) {
      add(resources, plainName, names.getProperty(plainName));
    }
  }

  private void add(ClassLoader resources, String plainName, String hashedName) {
    byte[] plain = read(resources, hashedName);
    if (plain == null) {
      throw new IllegalStateException("BUG: the UI manifest names " + hashedName + ": not found");
    }
    byte[] gzipped = read(resources, hashedName + ".gz");
    Buffer zipped = gzipped == null ? null : Buffer.buffer(gzipped);
    hashedNames.put(plainName, hashedName);
    assets.put(hashedName, new Asset(contentType(hashedName), Buffer.buffer(plain), zipped));
  }

  /// Whether the bundler has run.
  boolean built() {
    return !assets.isEmpty();
  }

  /// The served name of `plainName`, or `plainName` itself if the assets are not built.
  String nameOf(String plainName) {
    return hashedNames.getOrDefault(plainName, plainName);
  }

  /// Answers `GET <prefix>/assets/<name>`.
  void serve(RoutingContext context) {
    Asset asset = assets.get(context.pathParam("name"));
    if (asset == null) {
      context.response().setStatusCode(404).end("no such asset");
      return;
    }
    var response = context.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    response.putHeader("x-content-type-options", "nosniff");
    Buffer body = asset.plain();
    if (asset.gzipped() != null) {
      response.putHeader(HttpHeaders.VARY, "accept-encoding");
      String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
      if (accepted != null && accepted.contains("gzip")) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        body = asset.gzipped();
      }
    }
    response.end(body);
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "txt" -> "text/plain; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }

  private static byte @Nullable [] read(ClassLoader resources, String name) {
    try (InputStream in = resources.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FOLDER + name, e);
    }
  }
}
