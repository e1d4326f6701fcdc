package io.narthex.io.http;

import io.narthex.io.disk.Disk;
import io.narthex.io.http.HttpClientConfig.ProxyConfig;
import io.narthex.io.http.HttpClientConfig.TlsConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Turns a configuration into the options of a Vert.x client.
final class ClientOptions {

  /// Go's client speaks nothing older unless it is told to.
  private static final String MIN_VERSION = "TLSv1.2";

  private ClientOptions() {}

  /// Names of what the configuration asks for and no client can do yet.
  static List<String> unserved(HttpClientConfig config) {
    List<String> names = new ArrayList<>();
    if (!config.proxy().connectHeaders().isEmpty()) {
      names.add("proxy_connect_header");
    }
    if (config.proxy().noProxy().contains("/")) {
      names.add("networks in no_proxy");
    }
    if (config.oauth2() != null && config.oauth2().isJwtBearer()) {
      names.add("oauth2 with grant_type " + HttpClientCheck.JWT_BEARER);
    }
    return names;
  }

  /// Adds to `options` what `config` says about TLS, proxy and protocol.
  ///
  /// @param environment variables, for proxies that are named there
  /// @throws HttpClientException if a file cannot be used
  static HttpClientOptions apply(
      HttpClientOptions options,
      TlsConfig tls,
      ProxyConfig proxy,
      boolean http2,
      Disk disk,
      Map<String, String> environment) {
    tls(options, tls, disk);
    proxy(options, proxy, environment);
    if (http2) {
      options
          .setUseAlpn(true)
          .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
          .setHttp2ClearTextUpgrade(false);
    }
    return options;
  }

  private static void tls(HttpClientOptions options, TlsConfig tls, Disk disk) {
    options.setEnabledSecureTransportProtocols(versions(tls));
    Buffer authorities = Buffer.buffer(tls.ca().read(disk, "CA certificates"));
    if (tls.insecureSkipVerify()) {
      options.setTrustAll(true).setVerifyHost(false);
    } else if (!tls.serverName().isEmpty()) {
      options
          .setTrustOptions(
              TrustOptions.wrap(ServerNameTrust.of(authorities.getBytes(), tls.serverName())))
          .setVerifyHost(false);
    } else if (!tls.ca().isEmpty()) {
      options.setTrustOptions(new PemTrustOptions().addCertValue(authorities));
    }
    if (!tls.cert().isEmpty()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(tls.cert().read(disk, "client certificate")))
              .addKeyValue(Buffer.buffer(tls.key().read(disk, "client key"))));
    }
  }

  private static Set<String> versions(TlsConfig tls) {
    List<String> order = HttpClientShape.TLS_ORDER;
    String min = tls.minVersion().isEmpty() ? MIN_VERSION : tls.minVersion();
    int from = order.indexOf(min);
    int to = tls.maxVersion().isEmpty() ? order.size() - 1 : order.indexOf(tls.maxVersion());
    return new LinkedHashSet<>(order.subList(Math.min(from, to), to + 1));
  }

  private static void proxy(
      HttpClientOptions options, ProxyConfig proxy, Map<String, String> environment) {
    if (proxy.fromEnvironment()) {
      String url = variable(environment, "https_proxy", variable(environment, "http_proxy", ""));
      if (!url.isEmpty()) {
        through(options, URI.create(url), variable(environment, "no_proxy", ""));
      }
    } else if (proxy.url() != null) {
      through(options, proxy.url(), proxy.noProxy());
    }
  }

  private static String variable(Map<String, String> environment, String name, String otherwise) {
    String lower = environment.getOrDefault(name, otherwise);
    return environment.getOrDefault(name.toUpperCase(Locale.ROOT), lower);
  }

  private static void through(HttpClientOptions options, URI url, String noProxy) {
    boolean socks = "socks5".equals(url.getScheme());
    int standard = socks ? 1080 : "https".equals(url.getScheme()) ? 443 : 80;
    ProxyOptions proxy =
        new ProxyOptions()
            .setType(socks ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(url.getHost())
            .setPort(url.getPort() < 0 ? standard : url.getPort());
    String user = url.getUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      proxy.setUsername(colon < 0 ? user : user.substring(0, colon));
      proxy.setPassword(colon < 0 ? "" : user.substring(colon + 1));
    }
    options.setProxyOptions(proxy);
    for (String host : noProxy.split(",")) {
      direct(options, host.strip());
    }
  }

  /// A name means itself and all below it; with a dot before it, only those below.
  private static void direct(HttpClientOptions options, String host) {
    if (host.isEmpty()) {
      return;
    }
    if (host.startsWith(".") || host.startsWith("*")) {
      options.addNonProxyHost(host.startsWith(".") ? "*" + host : host);
    } else {
      options.addNonProxyHost(host);
      options.addNonProxyHost("*." + host);
    }
  }
}
