package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The URL of a target, escaped as Go's `net/url` escapes it.
final class TargetUrl {

  private static final String PARAM = "__param_";

  /// Bytes beside letters and digits that stand for themselves in a query.
  private static final String QUERY = "-_.~";

  /// Bytes beside letters and digits that stand for themselves in a path.
  private static final String PATH = "-_.~$&+,/:;=@";

  private TargetUrl() {}

  /// @param params of the job; the first value of each may be replaced by a `__param_` label
  static String of(Labels labels, Map<String, List<String>> params) {
    String address = labels.get("__address__");
    boolean unix = address.isEmpty() && !labels.get(Target.UNIX_SOCKET).isEmpty();
    String path = labels.get("__metrics_path__");
    StringBuilder out = new StringBuilder(64);
    out.append(labels.get("__scheme__")).append("://").append(unix ? "localhost" : address);
    if (!path.isEmpty() && path.charAt(0) != '/') {
      out.append('/');
    }
    escape(path, PATH, out);
    char separator = '?';
    for (Map.Entry<String, List<String>> param : query(labels, params).entrySet()) {
      for (String value : param.getValue()) {
        out.append(separator);
        separator = '&';
        escape(param.getKey(), QUERY, out);
        escape(value, QUERY, out.append('='));
      }
    }
    return out.toString();
  }

  private static Map<String, List<String>> query(Labels labels, Map<String, List<String>> params) {
    Map<String, List<String>> query = new TreeMap<>(params);
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      if (name.startsWith(PARAM)) {
        String key = name.substring(PARAM.length());
        List<String> values = new ArrayList<>(query.getOrDefault(key, List.of()));
        if (values.isEmpty()) {
          values.add(labels.value(i));
        } else {
          values.set(0, labels.value(i));
        }
        query.put(key, values);
      }
    }
    return query;
  }

  private static void escape(String text, String plain, StringBuilder out) {
    boolean isQuery = plain.equals(QUERY);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || plain.indexOf(c) >= 0) {
        out.append(c);
      } else if (c == ' ' && isQuery) {
        out.append('+');
      } else {
        out.append('%');
        out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
  }
}
