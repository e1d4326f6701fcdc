package io.narthex.io.json;

/// Reads the text of one document. Source of the grammar: RFC 8259.
final class JsonReader {

  private static final int MAX_DEPTH = 500;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  Json document() {
    Json value = value();
    if (peek() != 0) {
      throw wrong("the end");
    }
    return value;
  }

  private Json value() {
    if (++depth > MAX_DEPTH) {
      throw new JsonException("nested deeper than " + MAX_DEPTH + " levels at offset " + at);
    }
    Json value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> new Json.Str(string());
          case 't' -> word("true", new Json.Bool(true));
          case 'f' -> word("false", new Json.Bool(false));
          case 'n' -> word("null", new Json.Null());
          default -> number();
        };
    depth--;
    return value;
  }

  private Json object() {
    Json.Obj object = new Json.Obj();
    at++;
    if (peek() == '}') {
      at++;
      return object;
    }
    while (true) {
      if (peek() != '"') {
        throw wrong("a key in quotes");
      }
      String key = string();
      expect(':');
      object.put(key, value());
      if (peek() == '}') {
        at++;
        return object;
      }
      expect(',');
    }
  }

  private Json array() {
    Json.Arr array = new Json.Arr();
    at++;
    if (peek() == ']') {
      at++;
      return array;
    }
    while (true) {
      array.items().add(value());
      if (peek() == ']') {
        at++;
        return array;
      }
      expect(',');
    }
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    int start = at;
    if (charAt(at) == '-') {
      at++;
    }
    int digits = digits();
    if (digits == 0 || (digits > 1 && charAt(at - digits) == '0')) {
      at = start;
      throw wrong("a value");
    }
    if (charAt(at) == '.') {
      at++;
      if (digits() == 0) {
        throw wrong("a digit");
      }
    }
    if (charAt(at) == 'e' || charAt(at) == 'E') {
      at++;
      if (charAt(at) == '+' || charAt(at) == '-') {
        at++;
      }
      if (digits() == 0) {
        throw wrong("a digit");
      }
    }
    return new Json.Num(text.substring(start, at));
  }

  private int digits() {
    int start = at;
    while (charAt(at) >= '0' && charAt(at) <= '9') {
      at++;
    }
    return at - start;
  }

  private String string() {
    int start = ++at;
    while (charAt(at) >= ' ' && charAt(at) != '"' && charAt(at) != '\\') {
      at++;
    }
    if (charAt(at) == '"') {
      return text.substring(start, at++);
    }
    StringBuilder out = new StringBuilder().append(text, start, at);
    while (true) {
      char c = charAt(at);
      if (c < ' ') {
        throw wrong("a closing quote");
      }
      at++;
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw wrong("an escape");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(charAt(at), 16);
      if (digit < 0) {
        throw wrong("four hexadecimal digits");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  /// The next character that is no white space, 0 at the end; not consumed.
  private char peek() {
    while (charAt(at) == ' ' || charAt(at) == '\n' || charAt(at) == '\t' || charAt(at) == '\r') {
      at++;
    }
    return charAt(at);
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private JsonException wrong(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new JsonException("expected " + expected + " at offset " + at + ", found " + found);
  }
}
