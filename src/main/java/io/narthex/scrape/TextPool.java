package io.narthex.scrape;

import io.narthex.model.sample.Metadata;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps one copy of names and help texts, and of what is said of families, that many targets
/// share. Bounded: it forgets everything when it is full, which costs copies and nothing else.
/// Thread-safe.
final class TextPool {

  private static final int CAPACITY = 1 << 16;

  private final ConcurrentHashMap<String, String> texts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Metadata, Metadata> metadata = new ConcurrentHashMap<>();

  String shared(String text) {
    return shared(text, texts);
  }

  Metadata shared(Metadata own) {
    return shared(own, metadata);
  }

  private static <T> T shared(T own, ConcurrentHashMap<T, T> pool) {
    if (pool.size() > CAPACITY) {
      pool.clear();
    }
    T known = pool.putIfAbsent(own, own);
    return known == null ? own : known;
  }
}
