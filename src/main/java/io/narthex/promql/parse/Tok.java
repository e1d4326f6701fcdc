package io.narthex.promql.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds of tokens. The text is how errors name the kind if its texts are all alike.
enum Tok {
  EQL(Group.PUNCTUATION, "="),
  BLANK(Group.PUNCTUATION, "_"),
  COLON(Group.PUNCTUATION, ":"),
  COMMA(Group.PUNCTUATION, ","),
  COMMENT(Group.CLASS, "comment"),
  DURATION(Group.CLASS, "duration"),
  EOF(Group.CLASS, "end of input"),
  ERROR(Group.CLASS, "error"),
  IDENTIFIER(Group.CLASS, "identifier"),
  LEFT_BRACE(Group.PUNCTUATION, "{"),
  LEFT_BRACKET(Group.PUNCTUATION, "["),
  LEFT_PAREN(Group.PUNCTUATION, "("),
  OPEN_HIST(Group.PUNCTUATION, "{{"),
  CLOSE_HIST(Group.PUNCTUATION, "}}"),
  METRIC_IDENTIFIER(Group.CLASS, "metric identifier"),
  NUMBER(Group.CLASS, "number"),
  RIGHT_BRACE(Group.PUNCTUATION, "}"),
  RIGHT_BRACKET(Group.PUNCTUATION, "]"),
  RIGHT_PAREN(Group.PUNCTUATION, ")"),
  SPACE(Group.PUNCTUATION, "<space>"),
  STRING(Group.CLASS, "string"),
  TIMES(Group.PUNCTUATION, "x"),

  // Parts of a histogram in a series description. The reference has no name for them in errors
  // but their number, so the number is their text.
  SUM_DESC(Group.HISTOGRAM, "<Item 57370>"),
  COUNT_DESC(Group.HISTOGRAM, "<Item 57371>"),
  SCHEMA_DESC(Group.HISTOGRAM, "<Item 57372>"),
  OFFSET_DESC(Group.HISTOGRAM, "<Item 57373>"),
  NEGATIVE_OFFSET_DESC(Group.HISTOGRAM, "<Item 57374>"),
  BUCKETS_DESC(Group.HISTOGRAM, "<Item 57375>"),
  NEGATIVE_BUCKETS_DESC(Group.HISTOGRAM, "<Item 57376>"),
  ZERO_BUCKET_DESC(Group.HISTOGRAM, "<Item 57377>"),
  ZERO_BUCKET_WIDTH_DESC(Group.HISTOGRAM, "<Item 57378>"),
  CUSTOM_VALUES_DESC(Group.HISTOGRAM, "<Item 57379>"),
  COUNTER_RESET_HINT_DESC(Group.HISTOGRAM, "<Item 57380>"),
  UNKNOWN_COUNTER_RESET(Group.HISTOGRAM, "<Item 57445>"),
  COUNTER_RESET(Group.HISTOGRAM, "<Item 57446>"),
  NOT_COUNTER_RESET(Group.HISTOGRAM, "<Item 57447>"),
  GAUGE_TYPE(Group.HISTOGRAM, "<Item 57448>"),

  ADD(Group.OPERATOR, "+"),
  DIV(Group.OPERATOR, "/"),
  EQLC(Group.OPERATOR, "=="),
  EQL_REGEX(Group.OPERATOR, "=~"),
  GTE(Group.OPERATOR, ">="),
  GTR(Group.OPERATOR, ">"),
  TRIM_UPPER(Group.OPERATOR, "</"),
  TRIM_LOWER(Group.OPERATOR, ">/"),
  LAND(Group.OPERATOR, "and"),
  LOR(Group.OPERATOR, "or"),
  LSS(Group.OPERATOR, "<"),
  LTE(Group.OPERATOR, "<="),
  LUNLESS(Group.OPERATOR, "unless"),
  MOD(Group.OPERATOR, "%"),
  MUL(Group.OPERATOR, "*"),
  NEQ(Group.OPERATOR, "!="),
  NEQ_REGEX(Group.OPERATOR, "!~"),
  POW(Group.OPERATOR, "^"),
  SUB(Group.OPERATOR, "-"),
  AT(Group.OPERATOR, "@"),
  ATAN2(Group.OPERATOR, "atan2"),

  AVG(Group.AGGREGATOR, "avg"),
  BOTTOMK(Group.AGGREGATOR, "bottomk"),
  COUNT(Group.AGGREGATOR, "count"),
  COUNT_VALUES(Group.AGGREGATOR, "count_values"),
  GROUP(Group.AGGREGATOR, "group"),
  MAX(Group.AGGREGATOR, "max"),
  MIN(Group.AGGREGATOR, "min"),
  QUANTILE(Group.AGGREGATOR, "quantile"),
  STDDEV(Group.AGGREGATOR, "stddev"),
  STDVAR(Group.AGGREGATOR, "stdvar"),
  SUM(Group.AGGREGATOR, "sum"),
  TOPK(Group.AGGREGATOR, "topk"),
  LIMITK(Group.AGGREGATOR, "limitk"),
  LIMIT_RATIO(Group.AGGREGATOR, "limit_ratio"),

  BOOL(Group.KEYWORD, "bool"),
  BY(Group.KEYWORD, "by"),
  GROUP_LEFT(Group.KEYWORD, "group_left"),
  GROUP_RIGHT(Group.KEYWORD, "group_right"),
  FILL(Group.KEYWORD, "fill"),
  FILL_LEFT(Group.KEYWORD, "fill_left"),
  FILL_RIGHT(Group.KEYWORD, "fill_right"),
  IGNORING(Group.KEYWORD, "ignoring"),
  OFFSET(Group.KEYWORD, "offset"),
  SMOOTHED(Group.KEYWORD, "smoothed"),
  ANCHORED(Group.KEYWORD, "anchored"),
  ON(Group.KEYWORD, "on"),
  WITHOUT(Group.KEYWORD, "without"),

  START(Group.PREPROCESSOR, "start"),
  END(Group.PREPROCESSOR, "end"),
  STEP(Group.PREPROCESSOR, "step"),
  RANGE(Group.PREPROCESSOR, "range"),
  MAX_OF(Group.PREPROCESSOR, "max_of"),
  MIN_OF(Group.PREPROCESSOR, "min_of");

  /// What tokens have in common.
  enum Group {
    PUNCTUATION,
    CLASS,
    HISTOGRAM,
    OPERATOR,
    AGGREGATOR,
    KEYWORD,
    PREPROCESSOR
  }

  private static final Map<String, Tok> KEYWORDS = keywords();

  final Group group;
  final String text;

  Tok(Group group, String text) {
    this.group = group;
    this.text = text;
  }

  private static Map<String, Tok> keywords() {
    Map<String, Tok> words = new HashMap<>();
    for (Tok tok : values()) {
      switch (tok.group) {
        case AGGREGATOR, KEYWORD, PREPROCESSOR -> words.put(tok.text, tok);
        case OPERATOR -> {
          if (Character.isLetter(tok.text.charAt(0))) {
            words.put(tok.text, tok);
          }
        }
        case PUNCTUATION, CLASS, HISTOGRAM -> {}
      }
    }
    words.put("inf", NUMBER);
    words.put("nan", NUMBER);
    return Map.copyOf(words);
  }

  /// The keyword that `word` is in any case of letters, or null.
  static @Nullable Tok keyword(String word) {
    return KEYWORDS.get(word.toLowerCase(Locale.ROOT));
  }

  /// Whether it may stand as a metric name.
  boolean isMetricName() {
    return switch (this) {
      case IDENTIFIER, METRIC_IDENTIFIER, LAND, LOR, LUNLESS -> true;
      case BY, FILL, FILL_LEFT, FILL_RIGHT, OFFSET, WITHOUT, ANCHORED, SMOOTHED -> true;
      default -> group == Group.AGGREGATOR || group == Group.PREPROCESSOR;
    };
  }

  /// Whether it may stand as a label name in a list of labels.
  boolean isLabelName() {
    return isMetricName() || group == Group.KEYWORD || this == ATAN2;
  }

  /// Whether an expression may begin with it.
  boolean startsExpression() {
    return switch (this) {
      case NUMBER, DURATION, STRING, LEFT_PAREN, LEFT_BRACE, ADD, SUB -> true;
      default -> isMetricName();
    };
  }
}
