package io.narthex.cli;

import io.narthex.model.labels.GoQuote;
import java.net.URI;
import java.net.URISyntaxException;

/// The URL by which a server is reached from outside, and the prefix of its routes.
final class ExternalUrl {

  private ExternalUrl() {}

  /// What `--web.external-url` says, or host name and port where it says nothing; no slash at the
  /// end.
  ///
  /// @throws FlagException with the reference's wording
  static URI of(String flag, String hostName, String listenAddress) {
    String text =
        flag.isEmpty() ? "http://" + hostName + ":" + port(flag, listenAddress) + "/" : flag;
    if (isQuote(text.charAt(0)) || isQuote(text.charAt(text.length() - 1))) {
      throw wrong(flag, "URL must not begin or end with quotes");
    }
    try {
      URI url = new URI(text);
      checkPort(flag, url);
      String path = url.getRawPath() == null ? "" : url.getRawPath();
      String trimmed = path.replaceAll("/+$", "");
      String rooted = trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
      return URI.create(text.replaceFirst("\\Q" + path + "\\E$", "") + rooted);
    } catch (URISyntaxException e) {
      throw wrong(flag, "parse \"" + text + "\": " + e.getReason());
    }
  }

  private static void checkPort(String flag, URI url) {
    String authority = url.getRawAuthority();
    if (url.getHost() == null && authority != null) {
      int colon = authority.lastIndexOf(':');
      String port = colon < 0 ? "" : authority.substring(colon);
      if (!port.matches("(:[0-9]*)?")) {
        throw wrong(flag, "parse \"" + url + "\": invalid port \"" + port + "\" after host");
      }
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static String port(String flag, String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw wrong(flag, "address " + address + ": missing port in address");
    }
    return address.substring(colon + 1);
  }

  private static FlagException wrong(String flag, String why) {
    return FlagException.rule("parse external URL " + GoQuote.quote(flag) + ": " + why, 2);
  }

  /// `--web.route-prefix`, or the path of the external URL: a slash at the beginning, none at the
  /// end.
  static String routePrefix(String flag, URI externalUrl) {
    String prefix = flag.isEmpty() ? externalUrl.getPath() : flag;
    return "/" + prefix.replaceAll("^/+|/+$", "");
  }
}
