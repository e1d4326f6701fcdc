package io.narthex.io.http;

import io.narthex.config.Secret;
import io.narthex.config.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an HTTP client speaks: at most one of `basicAuth`, `authorization` and `oauth2` is there.
///
/// @param headers added to each request, by name
public record HttpClientConfig(
    @Nullable BasicAuth basicAuth,
    @Nullable Authorization authorization,
    @Nullable OAuth2 oauth2,
    TlsConfig tls,
    boolean followRedirects,
    boolean enableHttp2,
    ProxyConfig proxy,
    Map<String, Header> headers) {

  /// What holds where nothing is configured.
  public static final HttpClientConfig DEFAULT =
      new HttpClientConfig(
          null, null, null, TlsConfig.NONE, true, true, ProxyConfig.NONE, Map.of());

  /// The configuration that a checked section with {@link HttpClientShape#FIELDS} says.
  public static HttpClientConfig of(Section section) {
    Section basic = section.section("basic_auth");
    Section authorization = section.section("authorization");
    Section oauth2 = section.section("oauth2");
    Map<String, Header> headers = new LinkedHashMap<>();
    section.<Section>map("http_headers").forEach((name, h) -> headers.put(name, Header.of(h)));
    return new HttpClientConfig(
        basic == null ? null : BasicAuth.of(basic),
        authorization == null ? null : Authorization.of(authorization),
        oauth2 == null ? null : OAuth2.of(oauth2),
        TlsConfig.of(section.section("tls_config")),
        section.bool("follow_redirects"),
        section.bool("enable_http2"),
        ProxyConfig.of(section),
        headers);
  }

  /// A user and a password.
  public record BasicAuth(SecretSource username, SecretSource password) {

    static BasicAuth of(Section section) {
      return new BasicAuth(
          SecretSource.of(section, "username"), SecretSource.of(section, "password"));
    }
  }

  /// A scheme such as `Bearer`, and the credentials behind it.
  public record Authorization(String type, SecretSource credentials) {

    static Authorization of(Section section) {
      return new Authorization(section.string("type"), SecretSource.of(section, "credentials"));
    }
  }

  /// Tokens of an OAuth 2.0 server.
  ///
  /// @param grantType empty for client credentials
  /// @param clientCertificateKey signs the assertion of a JWT bearer grant
  public record OAuth2(
      String clientId,
      SecretSource clientSecret,
      String clientCertificateKeyId,
      SecretSource clientCertificateKey,
      String grantType,
      String signatureAlgorithm,
      String issuer,
      String audience,
      Map<String, String> claims,
      List<String> scopes,
      String tokenUrl,
      Map<String, String> endpointParams,
      TlsConfig tls,
      ProxyConfig proxy) {

    static OAuth2 of(Section section) {
      return new OAuth2(
          section.string("client_id"),
          SecretSource.of(section, "client_secret"),
          section.string("client_certificate_key_id"),
          SecretSource.of(section, "client_certificate_key"),
          section.string("grant_type"),
          section.string("signature_algorithm"),
          section.string("iss"),
          section.string("audience"),
          section.map("claims"),
          section.strings("scopes"),
          section.string("token_url"),
          section.map("endpoint_params"),
          TlsConfig.of(section.section("tls_config")),
          ProxyConfig.of(section));
    }

    boolean isJwtBearer() {
      return grantType.equals(HttpClientCheck.JWT_BEARER);
    }
  }

  /// Whom the client trusts and who it says it is.
  ///
  /// @param ca PEM of the authorities; empty for the system's
  /// @param cert PEM of the client's certificate
  /// @param key PEM of its key
  /// @param serverName to expect in the server's certificate instead of the host's name
  /// @param minVersion the JDK's name of it, or empty
  public record TlsConfig(
      SecretSource ca,
      SecretSource cert,
      SecretSource key,
      String serverName,
      boolean insecureSkipVerify,
      String minVersion,
      String maxVersion) {

    public static final TlsConfig NONE =
        new TlsConfig(SecretSource.NONE, SecretSource.NONE, SecretSource.NONE, "", false, "", "");

    /// The configuration that a `tls_config` says.
    public static TlsConfig of(@Nullable Section section) {
      if (section == null) {
        return NONE;
      }
      return new TlsConfig(
          SecretSource.of(section, "ca"),
          SecretSource.of(section, "cert"),
          SecretSource.of(section, "key"),
          section.string("server_name"),
          section.bool("insecure_skip_verify"),
          version(section.string("min_version")),
          version(section.string("max_version")));
    }

    private static String version(String word) {
      return HttpClientShape.TLS_VERSIONS.getOrDefault(word, "");
    }
  }

  /// By which proxy the client goes.
  ///
  /// @param noProxy hosts that are spoken to directly: names, domains, addresses and networks with
  ///   commas between them
  /// @param connectHeaders sent to the proxy when a tunnel is opened
  public record ProxyConfig(
      @Nullable URI url,
      String noProxy,
      boolean fromEnvironment,
      Map<String, List<Secret>> connectHeaders) {

    public static final ProxyConfig NONE = new ProxyConfig(null, "", false, Map.of());

    static ProxyConfig of(Section section) {
      URI url = section.url("proxy_url");
      return new ProxyConfig(
          url == null || url.toString().isEmpty() ? null : url,
          section.string("no_proxy"),
          section.bool("proxy_from_environment"),
          section.map("proxy_connect_header"));
    }
  }

  /// Values of one header.
  public record Header(List<String> values, List<Secret> secrets, List<String> files) {

    static Header of(Section section) {
      return new Header(
          section.strings("values"), section.secrets("secrets"), section.strings("files"));
    }
  }
}
