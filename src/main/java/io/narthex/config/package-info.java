/// Configuration text: YAML to located nodes, nodes to checked sections, sections back to YAML.
///
/// Owns how text is read ({@link io.narthex.config.YamlReader}: YAML events with file, line and
/// column; booleans, numbers, nulls, anchors and merge keys as Prometheus' reader takes them), how
/// a section of a file is declared ({@link io.narthex.config.Shape}: a table of fields with types,
/// defaults and a check) and what comes out of it ({@link io.narthex.config.Section}: immutable
/// typed values that know where they stood). Durations, sizes and {@link io.narthex.config.Secret}s
/// are values of fields.
///
/// Invariants: unknown and repeated fields are errors; every error is a {@link
/// io.narthex.config.ConfigException} with a place; secrets never leave by `toString` or by the
/// printed YAML. This room knows no section of any product file: each room declares its own, and
/// the whole file is put together in `role`.
@NullMarked
package io.narthex.config;

import org.jspecify.annotations.NullMarked;
