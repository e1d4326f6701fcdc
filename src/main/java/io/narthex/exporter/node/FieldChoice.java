package io.narthex.exporter.node;

import io.narthex.model.labels.LabelRegex;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which fields of a kernel file an expression chooses. The kernel has the same few hundred fields
/// at every scrape, so the answers are kept. Thread-safe.
final class FieldChoice {

  private final LabelRegex wanted;
  private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

  FieldChoice(LabelRegex wanted) {
    this.wanted = wanted;
  }

  boolean includes(String field) {
    return answers.computeIfAbsent(field, wanted::matches);
  }
}
