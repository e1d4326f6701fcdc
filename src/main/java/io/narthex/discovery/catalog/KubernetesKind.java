package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.FILE;
import static io.narthex.config.FieldTypes.STRING;
import static io.narthex.config.FieldTypes.URL;
import static io.narthex.config.ListTypes.STRINGS;

import io.narthex.config.FieldType;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.io.http.HttpClientShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Kubernetes.
final class KubernetesKind {

  private static final FieldType<String> ROLE =
      Kinds.oneOf(
          "unknown Kubernetes SD role",
          "node",
          "pod",
          "service",
          "endpoints",
          "endpointslice",
          "ingress");

  /// Which objects may be selected, by role.
  private static final Map<String, List<String>> SELECTORS =
      Map.of(
          "pod", List.of("pod", "node"),
          "service", List.of("service"),
          "endpointslice", List.of("pod", "service", "endpointslice"),
          "endpoints", List.of("pod", "service", "endpoints"),
          "node", List.of("node"),
          "ingress", List.of("ingress"));

  private static final String KEY = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?";

  /// One requirement of a label selector.
  private static final Pattern LABEL_REQUIREMENT =
      Pattern.compile(
          "\\s*(!?\\s*"
              + KEY
              + "|"
              + KEY
              + "\\s*(=|==|!=|>|<)\\s*"
              + VALUE
              + "|"
              + KEY
              + "\\s+(in|notin)\\s*\\([^()]*\\))\\s*");

  static final Shape SHAPE =
      Shape.of("kubernetes.plain")
          .add("api_server", URL)
          .shown("role", ROLE, "")
          .shown("kubeconfig_file", FILE, "")
          .inline(HttpClientShape.FIELDS)
          .add(
              "namespaces",
              SectionTypes.always(
                  Shape.of("kubernetes.plain")
                      .shown("own_namespace", BOOL, false)
                      .shown("names", STRINGS, List.of())
                      .build()))
          .add(
              "selectors",
              SectionTypes.list(
                  Shape.of("kubernetes.SelectorConfig")
                      .add("role", ROLE)
                      .add("label", STRING)
                      .add("field", STRING)
                      .build(),
                  ""))
          .add(
              "attach_metadata",
              SectionTypes.always(
                  Shape.of("kubernetes.AttachMetadataConfig")
                      .shown("node", BOOL, false)
                      .shown("namespace", BOOL, false)
                      .shown("deployment", BOOL, false)
                      .shown("job", BOOL, false)
                      .shown("cronjob", BOOL, false)
                      .build()))
          .check(KubernetesKind::check)
          .build();

  private KubernetesKind() {}

  private static Section check(Section written) {
    Kinds.require(
        written,
        "role",
        "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)");
    Section section = HttpClientCheck.check(written);
    boolean server = section.url("api_server") != null;
    boolean file = section.isSet("kubeconfig_file");
    boolean client = !HttpClientConfig.of(section).equals(HttpClientConfig.DEFAULT);
    Section namespaces = section.section("namespaces");
    boolean own = namespaces != null && namespaces.bool("own_namespace");
    String together = " simultaneously";
    Kinds.check(
        !(server && file),
        section,
        "kubeconfig_file",
        "cannot use 'kubeconfig_file' and 'api_server'" + together);
    Kinds.check(
        !(file && client),
        section,
        "kubeconfig_file",
        "cannot use a custom HTTP client configuration together with 'kubeconfig_file'");
    Kinds.check(
        server || !client,
        section,
        "api_server",
        "to use custom HTTP client configuration please provide the 'api_server' URL explicitly");
    Kinds.check(
        !(server && own),
        section,
        "namespaces",
        "cannot use 'api_server' and 'namespaces.own_namespace'" + together);
    Kinds.check(
        !(file && own),
        section,
        "namespaces",
        "cannot use 'kubeconfig_file' and 'namespaces.own_namespace'" + together);
    selectors(section);
    return section;
  }

  private static void selectors(Section section) {
    String role = section.string("role");
    List<String> allowed = SELECTORS.getOrDefault(role, List.of());
    Set<String> seen = new HashSet<>();
    for (Section selector : section.sections("selectors")) {
      String of = selector.string("role");
      Kinds.check(seen.add(of), selector, "role", "duplicated selector role: " + of);
      Kinds.check(
          allowed.contains(of),
          selector,
          "role",
          role + " role supports only " + String.join(", ", allowed) + " selectors");
      fieldSelector(selector);
      labelSelector(selector);
    }
  }

  /// Terms `a=b`, `a==b`, `a!=b` with commas between; a backslash escapes.
  private static void fieldSelector(Section selector) {
    String text = selector.string("field");
    for (String term : text.split("(?<!\\\\),")) {
      Kinds.check(
          term.isEmpty() || term.indexOf('=') >= 0,
          selector,
          "field",
          "invalid selector: '" + text + "'; can't understand '" + term + "'");
    }
  }

  private static void labelSelector(Section selector) {
    String text = selector.string("label");
    for (String term : text.split(",(?![^(]*\\))")) {
      Kinds.check(
          text.isEmpty() || LABEL_REQUIREMENT.matcher(term).matches(),
          selector,
          "label",
          "unable to parse requirement: '" + term + "'");
    }
  }
}
