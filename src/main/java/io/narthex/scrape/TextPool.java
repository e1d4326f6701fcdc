package io.narthex.scrape;

import java.util.concurrent.ConcurrentHashMap;

/// Keeps one copy of names and help texts that many targets share. Bounded: it forgets everything
/// when it is full, which costs copies and nothing else. Thread-safe.
final class TextPool {

  private static final int CAPACITY = 1 << 16;

  private final ConcurrentHashMap<String, String> texts = new ConcurrentHashMap<>();

  String shared(String text) {
    if (texts.size() > CAPACITY) {
      texts.clear();
    }
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
