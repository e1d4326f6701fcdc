package io.narthex.ui;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.security.SecureRandom;
import java.util.Base64;

/// The headers of every page, above all its content security policy.
///
/// Only our own files may run or style a page. The one exception is the query editor, which builds
/// its style sheet at run time: it gets a nonce, new for each answer. Pictures may be `data:` URLs
/// because the editor underlines mistakes with one.
final class PageHeaders {

  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();

  /// Sets the headers of an HTML page and returns the nonce that its policy allows.
  String apply(HttpServerResponse response) {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader("content-security-policy", policy(nonce));
    response.putHeader("x-content-type-options", "nosniff");
    response.putHeader("referrer-policy", "same-origin");
    return nonce;
  }

  private static String policy(String nonce) {
    return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-"
        + nonce
        + "'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
        + " frame-ancestors 'self'";
  }
}
