package io.narthex.io.http;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.FILE;
import static io.narthex.config.FieldTypes.SECRET;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.FieldTypes.URL;
import static io.narthex.config.ListTypes.ANY_MAP;
import static io.narthex.config.ListTypes.FILES;
import static io.narthex.config.ListTypes.SECRETS;
import static io.narthex.config.ListTypes.SECRETS_MAP;
import static io.narthex.config.ListTypes.STRINGS;
import static io.narthex.config.ListTypes.STRING_MAP;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import java.util.List;
import java.util.Map;

/// The fields of `http_client_config`, as every section has them that makes HTTP requests, and of
/// the sections in it. Source: prometheus/common `config/http_config.go`, Prometheus' configuration
/// reference.
public final class HttpClientShape {

  private static final FieldType<String> TLS_VERSION =
      FieldTypes.text("", HttpClientShape::tlsVersion, text -> text);

  /// `tls_config`.
  public static final Shape TLS =
      Shape.of("config.plain")
          .add("ca", STRING)
          .add("cert", STRING)
          .add("key", SECRET)
          .add("ca_file", FILE)
          .add("cert_file", FILE)
          .add("key_file", FILE)
          .add("ca_ref", STRING)
          .add("cert_ref", STRING)
          .add("key_ref", STRING)
          .add("server_name", STRING)
          .shown("insecure_skip_verify", BOOL, false)
          .add("min_version", TLS_VERSION)
          .add("max_version", TLS_VERSION)
          .check(HttpClientCheck::tls)
          .build();

  private static final Shape BASIC_AUTH =
      Shape.of("config.plain")
          .add("username", STRING)
          .add("username_file", FILE)
          .add("username_ref", STRING)
          .add("password", SECRET)
          .add("password_file", FILE)
          .add("password_ref", STRING)
          .build();

  static final Shape AUTHORIZATION =
      Shape.of("config.Authorization")
          .add("type", STRING)
          .add("credentials", SECRET)
          .add("credentials_file", FILE)
          .add("credentials_ref", STRING)
          .build();

  private static final Shape PROXY =
      Shape.of("config.ProxyConfig")
          .add("proxy_url", URL)
          .add("no_proxy", STRING)
          .add("proxy_from_environment", BOOL)
          .add("proxy_connect_header", SECRETS_MAP)
          .build();

  private static final Shape OAUTH2 =
      Shape.of("config.plain")
          .add("client_id", STRING)
          .add("client_secret", SECRET)
          .add("client_secret_file", FILE)
          .add("client_secret_ref", STRING)
          .add("client_certificate_key_id", STRING)
          .add("client_certificate_key", SECRET)
          .add("client_certificate_key_file", FILE)
          .add("client_certificate_key_ref", STRING)
          .add("grant_type", STRING)
          .add("signature_algorithm", STRING)
          .add("iss", STRING)
          .add("audience", STRING)
          .add("claims", ANY_MAP)
          .add("scopes", STRINGS)
          .add("token_url", STRING)
          .add("endpoint_params", STRING_MAP)
          .add("tls_config", SectionTypes.always(TLS))
          .inline(PROXY)
          .check(HttpClientCheck::proxy)
          .build();

  private static final Shape HEADER =
      Shape.of("config.Header")
          .add("values", STRINGS)
          .add("secrets", SECRETS)
          .add("files", FILES)
          .build();

  /// The fields without their check, to be inlined into other shapes, which then call {@link
  /// HttpClientCheck#check} in a check of their own.
  public static final Shape FIELDS =
      Shape.of("config.plain")
          .add("basic_auth", SectionTypes.optional(BASIC_AUTH))
          .add("authorization", SectionTypes.optional(AUTHORIZATION))
          .add("oauth2", SectionTypes.optional(OAUTH2))
          .add("bearer_token", SECRET)
          .add("bearer_token_file", FILE)
          .add("tls_config", SectionTypes.always(TLS))
          .shown("follow_redirects", BOOL, true)
          .shown("enable_http2", BOOL, true)
          .inline(PROXY)
          .add(
              "http_headers",
              ListTypes.mapOf(SectionTypes.always(HEADER), "map[string]config.Header"))
          .build();

  /// The section on its own.
  public static final Shape SHAPE =
      Shape.of("config.plain").inline(FIELDS).check(HttpClientCheck::check).build();

  /// Versions of TLS by their word in the file, and the JDK's name.
  static final Map<String, String> TLS_VERSIONS =
      Map.of("TLS10", "TLSv1", "TLS11", "TLSv1.1", "TLS12", "TLSv1.2", "TLS13", "TLSv1.3");

  /// The JDK's names, oldest first.
  static final List<String> TLS_ORDER = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private HttpClientShape() {}

  private static String tlsVersion(String word) {
    if (!TLS_VERSIONS.containsKey(word)) {
      throw new IllegalArgumentException("unknown TLS version: " + word);
    }
    return word;
  }
}
