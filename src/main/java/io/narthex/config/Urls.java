package io.narthex.config;

import java.net.URI;
import java.net.URISyntaxException;

/// URLs in configurations: anything that Go's `url.Parse` takes and an URI can carry.
public final class Urls {

  private Urls() {}

  /// @throws IllegalArgumentException with the reference's manner of wording
  public static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "parse \"" + text + "\": " + lowerFirst(e.getReason()) + " at index " + e.getIndex(), e);
    }
  }

  /// The URL with `xxxxx` for the password.
  public static String redacted(URI url) {
    String user = url.getRawUserInfo();
    if (user == null || user.indexOf(':') < 0) {
      return url.toString();
    }
    String shown = user.substring(0, user.indexOf(':')) + ":xxxxx";
    return url.toString().replace("//" + user + "@", "//" + shown + "@");
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
