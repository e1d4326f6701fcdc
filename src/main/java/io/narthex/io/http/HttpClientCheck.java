package io.narthex.io.http;

import io.narthex.config.ConfigException;
import io.narthex.config.Secret;
import io.narthex.config.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which fields of an HTTP client's configuration go together. Source of rules and wording:
/// prometheus/common `config/http_config.go`.
public final class HttpClientCheck {

  static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private static final List<String> SIGNATURES = List.of("RS256", "RS384", "RS512");

  /// Headers that the client sets itself, in lower case.
  private static final Set<String> RESERVED =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-prometheus-scrape-timeout-seconds",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private HttpClientCheck() {}

  /// Checks a section that has the fields of {@link HttpClientShape#FIELDS}; a bearer token becomes
  /// an `authorization`.
  ///
  /// @throws ConfigException with Prometheus' wording
  public static Section check(Section section) {
    Section basic = section.section("basic_auth");
    Section oauth2 = section.section("oauth2");
    if (isTokenTwice(section)) {
      throw section.error(
          "bearer_token", "at most one of bearer_token & bearer_token_file must be configured");
    }
    if ((basic != null || oauth2 != null) && hasToken(section)) {
      throw section.error(
          "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
    }
    if (basic != null) {
      atMostOne(basic, "basic_auth username, username_file & username_ref", "username");
      atMostOne(basic, "basic_auth password, password_file & password_ref", "password");
    }
    Section checked = authorization(section);
    if (oauth2 != null) {
      oauth2(section, oauth2);
    }
    proxy(section);
    headers(section);
    return checked;
  }

  private static boolean isTokenTwice(Section section) {
    return section.isSet("bearer_token") && section.isSet("bearer_token_file");
  }

  private static boolean hasToken(Section section) {
    return section.isSet("bearer_token") || section.isSet("bearer_token_file");
  }

  private static void atMostOne(Section section, String what, String field) {
    if (count(section, field, field + "_file", field + "_ref") > 1) {
      throw section.error("at most one of " + what + " must be configured");
    }
  }

  private static long count(Section section, String... fields) {
    return Arrays.stream(fields).filter(section::isSet).count();
  }

  private static Section authorization(Section section) {
    Section authorization = section.section("authorization");
    if (authorization == null) {
      return hasToken(section) ? tokenMoved(section) : section;
    }
    if (hasToken(section)) {
      throw section.error("authorization is not compatible with bearer_token & bearer_token_file");
    }
    if (count(authorization, "credentials", "credentials_file", "credentials_ref") > 1) {
      throw authorization.error(
          "at most one of authorization credentials & credentials_file must be configured");
    }
    String type = authorization.string("type").strip();
    if (type.toLowerCase(Locale.ROOT).equals("basic")) {
      throw authorization.error(
          "type", "authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
    }
    if (section.section("basic_auth") != null || section.section("oauth2") != null) {
      throw section.error(
          "authorization", "at most one of basic_auth, oauth2 & authorization must be configured");
    }
    return section.with(
        "authorization", authorization.with("type", type.isEmpty() ? "Bearer" : type));
  }

  private static Section tokenMoved(Section section) {
    Section authorization =
        HttpClientShape.AUTHORIZATION
            .defaults(section.place())
            .with("type", "Bearer")
            .with("credentials", section.secret("bearer_token"))
            .with("credentials_file", section.string("bearer_token_file"));
    return section
        .with("authorization", authorization)
        .with("bearer_token", Secret.NONE)
        .with("bearer_token_file", "");
  }

  private static void oauth2(Section section, Section oauth2) {
    if (section.section("basic_auth") != null) {
      throw section.error(
          "oauth2", "at most one of basic_auth, oauth2 & authorization must be configured");
    }
    if (!oauth2.isSet("client_id")) {
      throw oauth2.error("oauth2 client_id must be configured");
    }
    if (!oauth2.isSet("token_url")) {
      throw oauth2.error("oauth2 token_url must be configured");
    }
    if (oauth2.string("grant_type").equals(JWT_BEARER)) {
      jwtBearer(oauth2);
    } else if (count(oauth2, "client_secret", "client_secret_file", "client_secret_ref") > 1) {
      throw oauth2.error(
          "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be"
              + " configured using grant-type=client_credentials");
    }
  }

  private static void jwtBearer(Section oauth2) {
    String key = "client_certificate_key";
    if (count(oauth2, key, key + "_file", key + "_ref") > 1) {
      throw oauth2.error(
          "at most one of oauth2 client_certificate_key, client_certificate_key_file &"
              + " client_certificate_key_ref must be configured using grant-type="
              + JWT_BEARER);
    }
    String algorithm = oauth2.string("signature_algorithm");
    if (!algorithm.isEmpty() && !SIGNATURES.contains(algorithm)) {
      throw oauth2.error(
          "signature_algorithm", "valid signature algorithms are RS256, RS384 and RS512");
    }
  }

  /// Checks the fields of a proxy.
  static Section proxy(Section section) {
    boolean fromEnvironment = section.bool("proxy_from_environment");
    boolean url =
        section.url("proxy_url") != null && !section.url("proxy_url").toString().isEmpty();
    if (section.isSet("proxy_connect_header") && !fromEnvironment && !url) {
      throw section.error(
          "proxy_connect_header",
          "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be"
              + " configured");
    }
    if (fromEnvironment && url) {
      throw section.error(
          "proxy_from_environment",
          "if proxy_from_environment is configured, proxy_url must not be configured");
    }
    if (fromEnvironment && section.isSet("no_proxy")) {
      throw section.error(
          "no_proxy", "if proxy_from_environment is configured, no_proxy must not be configured");
    }
    if (section.url("proxy_url") == null && section.isSet("no_proxy")) {
      throw section.error(
          "no_proxy", "if no_proxy is configured, proxy_url must also be configured");
    }
    return section;
  }

  private static void headers(Section section) {
    for (String name : section.map("http_headers").keySet()) {
      if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
        throw section.error(
            "http_headers", "setting header \"" + canonical(name) + "\" is not allowed");
      }
    }
  }

  /// A header's name as Go writes it: each word with a capital.
  static String canonical(String name) {
    return Arrays.stream(name.split("-", -1))
        .map(word ->
            word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT)
                    + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("-"));
  }

  /// Checks a `tls_config`.
  static Section tls(Section tls) {
    if (count(tls, "ca", "ca_file", "ca_ref") > 1) {
      throw tls.error("at most one of ca, ca_file & ca_ref must be configured");
    }
    if (count(tls, "cert", "cert_file", "cert_ref") > 1) {
      throw tls.error("at most one of cert, cert_file & cert_ref must be configured");
    }
    if (count(tls, "key", "key_file", "key_ref") > 1) {
      throw tls.error("at most one of key and key_file must be configured");
    }
    boolean cert = count(tls, "cert", "cert_file", "cert_ref") > 0;
    boolean key = count(tls, "key", "key_file", "key_ref") > 0;
    if (cert && !key) {
      throw tls.error(
          "exactly one of key or key_file must be configured when a client certificate is"
              + " configured");
    }
    if (key && !cert) {
      throw tls.error(
          "exactly one of cert or cert_file must be configured when a client key is configured");
    }
    return versions(tls);
  }

  private static Section versions(Section tls) {
    String min = tls.string("min_version");
    String max = tls.string("max_version");
    if (!min.isEmpty() && !max.isEmpty() && max.compareTo(min) < 0) {
      throw tls.error(
          "max_version",
          "tls_config.max_version must be greater than or equal to tls_config.min_version if both"
              + " are specified");
    }
    return tls;
  }
}
