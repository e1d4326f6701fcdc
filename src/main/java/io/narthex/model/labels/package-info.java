/// Label sets, matchers, names and regular expressions over label values.
///
/// Owns: what a label is, which names are valid and how they are escaped, how values are matched,
/// in which order labels stand, their texts and fingerprints. Doors: Labels and LabelsBuilder,
/// Matcher, LabelRegex, NameEscaping.
///
/// Invariants: everything is immutable and safe for any thread, builders excepted; sets are sorted
/// by UTF-8 bytes and hold no empty value; every match takes linear time.
@NullMarked
package io.narthex.model.labels;

import org.jspecify.annotations.NullMarked;
