package io.narthex.api;

import io.narthex.model.labels.GoQuote;
import jakarta.validation.constraints.Positive;
import java.util.List;

/// Which rules are asked for. Source: features 6.28, prometheus `web/api/v1` `rules`.
///
/// @param type `alert`, `record`, or empty for both
/// @param excludeAlerts whether the alerts of alerting rules are left out
/// @param groupLimit groups at most; absent is `Integer.MAX_VALUE`
/// @param nextToken the group to begin with, or empty
record RulesParams(
    String type,
    boolean excludeAlerts,
    @Positive(message = "group_limit needs to be greater than 0") int groupLimit,
    String nextToken) {

  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("", "0", "f", "F", "FALSE", "false", "False");

  static RulesParams of(ApiParams params) {
    String type = params.get("type").toLowerCase(java.util.Locale.ROOT);
    if (!List.of("", "alert", "record").contains(type)) {
      throw ApiException.badParameter("type", "not supported value " + GoQuote.quote(type));
    }
    boolean excludeAlerts = bool(params, "exclude_alerts");
    String limit = params.get("group_limit");
    String token = params.get("group_next_token");
    if (limit.isEmpty() && !token.isEmpty()) {
      throw ApiException.badParameter(
          "group_next_token",
          "group_limit needs to be present in order to paginate over the groups");
    }
    int most = limit.isEmpty() ? Integer.MAX_VALUE : number(limit);
    return Checked.of(new RulesParams(type, excludeAlerts, most, token));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiException.badParameter(
          "group_limit",
          "group_limit needs to be a valid number: strconv.ParseInt: parsing "
              + GoQuote.quote(text)
              + ": invalid syntax");
    }
  }

  private static boolean bool(ApiParams params, String name) {
    String text = params.get(name);
    if (!TRUE.contains(text) && !FALSE.contains(text)) {
      throw ApiException.badParameter(
          name,
          "error converting "
              + name
              + ": strconv.ParseBool: parsing "
              + GoQuote.quote(text)
              + ": invalid syntax");
    }
    return TRUE.contains(text);
  }
}
