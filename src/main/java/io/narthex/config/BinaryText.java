package io.narthex.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Texts given as base64 (`!!binary`), which may hold bytes that are no UTF-8.
final class BinaryText {

  private BinaryText() {}

  /// The decoded bytes as text; a byte that is no UTF-8 becomes the lone surrogate U+DC00 + byte,
  /// which no well-formed text has.
  static String decode(Place place, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(checked(base64));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(place, "yaml: !!binary value contains invalid base64 data");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder();
      for (byte b : bytes) {
        text.append((char) (b < 0 ? 0xdc00 + (b & 0xff) : b));
      }
      return text.toString();
    }
  }

  /// The MIME decoder skips what is no base64; a mistake shall be told instead.
  private static String checked(String base64) {
    String compact = base64.replaceAll("\\s", "");
    if (!compact.matches("[A-Za-z0-9+/]*={0,2}") || compact.length() % 4 != 0) {
      throw new IllegalArgumentException("not base64");
    }
    return compact;
  }
}
