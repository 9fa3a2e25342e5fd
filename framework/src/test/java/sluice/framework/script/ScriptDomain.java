package sluice.framework.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Valid scripts: any keys, with any values that they may have. */
class ScriptDomain extends DomainContextBase {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    /** A valid script's settings as written, defaults left out. */
    record Written(Map<String, Object> settings) {
        String yaml() {
            return ScriptDomain.yaml(settings);
        }
    }

    static String yaml(Object value) {
        try {
            return YAML.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Provide
    Arbitrary<Written> scripts() {
        Map<String, Arbitrary<?>> keys = new LinkedHashMap<>();
        keys.put(
                "name",
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars("0.-_E1")
                        .ofMaxLength(9)
                        .map(s -> "0" + s));
        keys.put(
                "description",
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withChars("é漢#:'\"")
                        .ofMaxLength(20)
                        .map(String::strip));
        keys.put("split", split());
        keys.put("scenario", Arbitraries.of("task", "domain", "class"));
        keys.put("strategy", Arbitraries.of("gates", "ewc", Map.of("ewc", Map.of("lambda", 100.5))));
        keys.put(
                "network",
                Arbitraries.oneOf(
                        some(Map.of(
                                "hidden",
                                integers(1, 100_000).list().ofMinSize(1).ofMaxSize(20),
                                "units",
                                Arbitraries.of("relu", "binary"),
                                "normalisation",
                                Arbitraries.of("none", "batch"),
                                "growth",
                                growth())),
                        Combinators.combine(
                                        layers(),
                                        some(Map.of(
                                                "normalisation", Arbitraries.of("none", "batch"), "growth", growth())))
                                .as((layers, network) -> {
                                    network.putAll(layers);
                                    return network;
                                })));
        keys.put("gates", gates());
        keys.put(
                "inference",
                some(Map.of(
                        "features",
                        integers(18, 20_000),
                        "sparsity",
                        reals(0, 10),
                        "threshold",
                        reals(0, 1),
                        "subnetworks",
                        reals(0, 1))));
        keys.put("training", training());
        keys.put("seed", Arbitraries.longs());
        keys.put("threads", integers(1, 256));
        keys.put(
                "report",
                some(Map.of(
                        "forgetting",
                        Arbitraries.of(
                                "best-earlier", "first", "best-of-all", "mean-drop", "relative", "relative-literal"),
                        "references",
                        Arbitraries.of(
                                List.of(),
                                List.of("joint"),
                                List.of("independent"),
                                List.of("joint", "independent"),
                                List.of("independent", "joint")),
                        "evaluate",
                        Arbitraries.of("all", "learned", "ends"),
                        "continual",
                        Arbitraries.oneOf(
                                Arbitraries.of("none", 1, 50, Integer.MAX_VALUE),
                                integers(1, 1000).map(every -> Map.of("every", every)),
                                integers(1, 1000).map(most -> Map.of("every", 20, "examples", most))))));
        keys.put("output", some(Map.of("folder", Arbitraries.of("runs/mine", "/x", "a b", "no", "1", "~"))));
        return Combinators.combine(some(keys), data()).as((script, data) -> {
            script.put("data", data);
            if (data.containsKey("tasks") || data.containsKey("task_column") || data.containsKey("clusters")) {
                script.remove("split");
            }
            fitGates(script);
            return new Written(script);
        });
    }

    private static Arbitrary<Map<String, Object>> layers() {
        Arbitrary<Map<String, Object>> conv = Combinators.combine(
                        integers(1, 10_000),
                        integers(1, 100),
                        some(Map.of(
                                "padding",
                                Arbitraries.of("valid", "same"),
                                "pool",
                                integers(1, 11),
                                "pooling",
                                Arbitraries.of("max", "average"))))
                .as((maps, kernel, others) -> {
                    others.put("maps", maps);
                    others.put("kernel", kernel);
                    return Map.of("conv", others);
                });
        Arbitrary<Map<String, Object>> dense = integers(1, 100_000).map(units -> Map.of("dense", units));
        return Combinators.combine(
                        conv.list().ofMinSize(1).ofMaxSize(3), dense.list().ofMaxSize(3))
                .as((convolutions, others) -> {
                    List<Object> layers = new ArrayList<>(convolutions);
                    layers.addAll(others);
                    return Map.of("layers", layers);
                });
    }

    /** Removes what other keys leave no meaning for. */
    private static void fitGates(Map<String, Object> script) {
        Map<?, ?> network = (Map<?, ?>) script.getOrDefault("network", Map.of());
        List<?> hidden = network.get("hidden") instanceof List<?> layers ? layers : List.of(400, 400);
        boolean binary = "binary".equals(network.get("units"));
        boolean normalised = "batch".equals(network.get("normalisation"));
        if ((binary || normalised) && script.get("report") instanceof Map<?, ?> written) {
            Map<Object, Object> report = new LinkedHashMap<>(written);
            report.remove("references");
            script.put("report", report);
        }
        if (binary || normalised) {
            script.keySet().removeAll(List.of("scenario", "strategy"));
        }
        if (normalised && script.get("training") instanceof Map<?, ?> written) {
            Map<Object, Object> training = new LinkedHashMap<>(written);
            training.remove("batch_size", 1);
            script.put("training", training);
        }
        if (binary) {
            script.put("network", Map.of("units", "binary", "hidden", hidden.subList(0, 1)));
        }
        if (script.get("gates") instanceof Map<?, ?> written) {
            Map<Object, Object> gates = new LinkedHashMap<>(written);
            if (binary) {
                gates.keySet().retainAll(List.of("estimator", "neuron", "sampling", "slope"));
            } else if (network.containsKey("layers") || hidden.stream().anyMatch(units -> (Integer) units < 1000)) {
                gates.remove("groups");
                gates.remove("budget");
            }
            if (gates.containsKey("groups")) {
                gates.keySet().removeAll(List.of("budget", "reuse", "neuron", "sampling", "slope"));
            }
            if (gates.containsKey("groups")
                    || "deterministic".equals(gates.get("sampling"))
                    || "hard-sigmoid".equals(gates.get("neuron"))) {
                gates.put("estimator", "st-sigmoid");
            }
            script.put("gates", gates);
        }
    }

    private static Arbitrary<Object> growth() {
        return Arbitraries.oneOf(
                Arbitraries.of("auto", "none"),
                Combinators.combine(reals(0.01, 100), reals(0, 1))
                        .as((share, threshold) -> Map.of("share", share, "threshold", threshold)));
    }

    private static Arbitrary<Map<String, Object>> data() {
        Arbitrary<String> normalisation = Arbitraries.of("none", "unit", "standard");
        Arbitrary<Map<String, Object>> files = some(Map.of(
                "folder", Arbitraries.of("/x/y", "/no"), "normalisation", normalisation, "padding", integers(0, 100)));
        Arbitrary<Map<String, Object>> drawn = some(Map.of(
                "normalisation", normalisation,
                "train_size", integers(10, 1_000_000),
                "test_size", integers(10, 1_000_000),
                "seed", Arbitraries.longs()));
        return Arbitraries.oneOf(
                Combinators.combine(files, Arbitraries.of("mnist", "idx", "fashion-mnist", "idx"))
                        .as(ScriptDomain::withSet),
                drawn.map(data -> withSet(data, "digits")),
                images().map(data -> withSet(data, "images")),
                tables().map(data -> withSet(data, "csv")));
    }

    private static Arbitrary<Map<String, Object>> images() {
        return Combinators.combine(
                        some(Map.of("normalisation", Arbitraries.of("none", "unit"))), share(), integers(0, 1))
                .as((data, share, shared) -> {
                    data.put("folder", "/x/images");
                    data.putAll(shared == 1 ? share : Map.of());
                    return data;
                });
    }

    private static Arbitrary<Map<String, Object>> tables() {
        Map<String, Arbitrary<?>> keys = new LinkedHashMap<>();
        keys.put("normalisation", Arbitraries.just("none"));
        keys.put("categorical", Arbitraries.of(List.of("island", "no"), List.of("a b")));
        keys.put("exclude", Arbitraries.of(List.of("id"), List.of("1", "2")));
        keys.put("standardise", Arbitraries.of("first-task", "per-task", "none"));
        keys.put(
                "missing",
                some(Map.of(
                        "text", Arbitraries.of("NA", "?", "no"),
                        "fill", Arbitraries.oneOf(Arbitraries.just("mean"), reals(-9, 9)))));
        Map<String, Object> two = Map.of("train", "/x/train.csv", "test", "/x/no");
        Map<String, Object> one = Map.of("file", "/x/all.csv");
        Arbitrary<Map<String, Object>> tables = Arbitraries.of(
                two,
                one,
                withColumn(two, "site"),
                withColumn(one, "site"),
                withColumn(two, Map.of("column", "year", "bounds", List.of(-1.5, 1990.0, 2000.0), "feature", "keep")),
                withColumn(one, Map.of("column", "sold", "format", "yyyy-MM-dd", "bounds", List.of("2020-02-29"))),
                withColumn(one, Map.of("column", "age", "parts", 4)),
                Map.of("train", "/x/train.csv", "test", "/x/no", "clusters", 2),
                Map.of("file", "/x/all.csv", "clusters", 7),
                Map.of("tasks", List.of(withName(two, "a"), withName(two, "no"))),
                Map.of("tasks", List.of(withName(two, "1"), withName(one, "2"))));
        return Combinators.combine(some(keys), tables, share()).as((data, table, share) -> {
            data.put("label", "species");
            data.putAll(table);
            data.putAll(table.toString().contains("file=") ? share : Map.of());
            return data;
        });
    }

    private static Map<String, Object> withColumn(Map<String, Object> table, Object column) {
        Map<String, Object> more = new LinkedHashMap<>(table);
        more.put("task_column", column);
        return more;
    }

    private static Map<String, Object> withName(Map<String, Object> table, String name) {
        Map<String, Object> more = new LinkedHashMap<>(table);
        more.put("name", name);
        return more;
    }

    private static Arbitrary<Map<String, Object>> share() {
        return Combinators.combine(some(Map.of("seed", Arbitraries.longs())), reals(0, 0.999))
                .as((data, share) -> {
                    data.put("test_share", share);
                    return data;
                });
    }

    private static Map<String, Object> withSet(Map<String, Object> data, String set) {
        data.put("set", set);
        return data;
    }

    private static Arbitrary<Map<String, Object>> split() {
        Arbitrary<List<List<Integer>>> groups = integers(1, 9)
                .flatMap(size -> Arbitraries.shuffle(
                                IntStream.range(0, 20).boxed().toList())
                        .map(classes -> groups(classes, size)));
        return Arbitraries.oneOf(
                some(Map.of(
                        "classes_per_task",
                        integers(1, Integer.MAX_VALUE),
                        "class_order",
                        Arbitraries.of("given", "shuffled", "numpy"))),
                some(Map.of("groups", groups)),
                some(Map.of("permuted", integers(1, 10_000))),
                some(Map.of(
                        "rotated",
                        reals(-360, 360).list().ofMinSize(1).ofMaxSize(6).uniqueElements())));
    }

    private static List<List<Integer>> groups(List<Integer> classes, int size) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int start = 0; start < classes.size(); start += size) {
            groups.add(List.copyOf(classes.subList(start, Math.min(start + size, classes.size()))));
        }
        return groups;
    }

    private static Arbitrary<Map<String, Object>> gates() {
        Map<String, Arbitrary<?>> keys = new LinkedHashMap<>();
        keys.put(
                "estimator",
                Arbitraries.oneOf(
                        Arbitraries.of("st-sigmoid", "st-identity", "concrete"),
                        some(Map.of("temperature", Arbitraries.oneOf(reals(0.1, 9), schedules())))
                                .map(parameters -> Map.of("concrete", parameters))));
        keys.put("neuron", Arbitraries.of("sigmoid", "hard-sigmoid"));
        keys.put("sampling", Arbitraries.of("stochastic", "deterministic"));
        keys.put("groups", integers(2, 1000));
        keys.put("granularity", Arbitraries.of("mini-batch", "per-example"));
        keys.put("hold", integers(1, 1000));
        keys.put("slope", Arbitraries.oneOf(reals(0.1, 9), schedules()));
        keys.put("sparsity", reals(0, 1e9));
        keys.put("reuse_price", reals(0, 1));
        keys.put("reuse", Arbitraries.of("allowed", "forbidden"));
        keys.put("budget", reals(0.001, 1));
        keys.put("logit_mean", reals(-1e300, 1e300));
        keys.put("logit_spread", reals(0, 1));
        keys.put("logit_limit", reals(1e-9, 1e9));
        keys.put("learning_rate", reals(1e-9, 1));
        return some(keys);
    }

    private static Arbitrary<Map<String, Object>> schedules() {
        Arbitrary<Map<String, Object>> growing = Combinators.combine(
                        Arbitraries.of("linear", "exponential"), reals(0.1, 2), reals(1, 2), reals(2, 9))
                .as((schedule, start, rate, limit) ->
                        Map.of("schedule", schedule, "start", start, "rate", rate, "limit", limit));
        Arbitrary<Map<String, Object>> shrinking = Combinators.combine(reals(1, 2), reals(0.1, 0.9), reals(0.1, 1))
                .as((start, rate, limit) ->
                        Map.of("schedule", "exponential", "start", start, "rate", rate, "limit", limit));
        Arbitrary<Map<String, Object>> falling = Combinators.combine(reals(1, 2), reals(-2, -0.1), reals(0.1, 1))
                .as((start, rate, limit) -> Map.of("schedule", "linear", "start", start, "rate", rate, "limit", limit));
        Arbitrary<Map<String, Object>> cosine = Combinators.combine(reals(0.1, 9), reals(0.1, 9))
                .as((start, end) -> Map.of("schedule", "cosine", "start", start, "end", end));
        Arbitrary<Map<String, Object>> hat = reals(1, 999).map(limit -> Map.of("schedule", "hat", "limit", limit));
        return Arbitraries.oneOf(growing, shrinking, falling, cosine, hat);
    }

    private static Arbitrary<Map<String, Object>> training() {
        Map<String, Arbitrary<?>> keys = new LinkedHashMap<>();
        keys.put("epochs", integers(1, 100_000));
        keys.put("iterations", integers(1, 100_000_000));
        keys.put("batch_size", integers(1, 100_000));
        keys.put("optimizer", Arbitraries.of("adam", "amsgrad", "rmsprop", "sgd"));
        keys.put("learning_rate", reals(1e-9, 1));
        keys.put("momentum", reals(0, 0.999));
        keys.put("weight_decay", reals(0, 1));
        keys.put("gradient_clip", reals(1e-3, 1e30));
        keys.put("learning_rate_factor", Arbitraries.oneOf(reals(0.1, 9), schedules()));
        keys.put(
                "class_weights",
                Arbitraries.oneOf(Arbitraries.just("balanced"), reals(0.1, 9).map(weight -> Map.of("Adelie", weight))));
        return some(keys).map(training -> {
            if (!"sgd".equals(training.get("optimizer"))) {
                training.remove("momentum");
            }
            if (training.containsKey("iterations")) {
                training.remove("epochs");
            }
            return training;
        });
    }

    /** Any of the keys, in their order, in a map that may be added to. */
    private static Arbitrary<Map<String, Object>> some(Map<String, ? extends Arbitrary<?>> keys) {
        Arbitrary<Map<String, Object>> maps = Arbitraries.create(LinkedHashMap::new);
        for (Map.Entry<String, ? extends Arbitrary<?>> key : keys.entrySet()) {
            maps = Combinators.combine(maps, key.getValue().optional(0.7)).as((map, value) -> {
                Map<String, Object> more = new LinkedHashMap<>(map);
                value.ifPresent(present -> more.put(key.getKey(), present));
                return more;
            });
        }
        return maps;
    }

    private static Arbitrary<Integer> integers(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    private static Arbitrary<Double> reals(double least, double most) {
        return Arbitraries.doubles().between(least, most).ofScale(12).map(x -> x + 0.0);
    }
}
