package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import sluice.framework.optimizer.Optimizers;
import sluice.tasks.source.DataSets;
import sluice.tasks.source.DataSource;

/** Scripts that together write every key in every way that there is, so that the reader asks all that it ever asks. */
final class SchemaScripts {
    /** Data that needs more than its name. */
    private static final ImmutableSet<String> WITH_MORE = ImmutableSet.of("csv", "images");

    /** Nothing but what must be written: everything else is a default. */
    static final String DEFAULTS = "data: {set: digits}";

    private static final ImmutableList<String> WAYS = ImmutableList.of(
            DEFAULTS,
            """
            name: a
            description: b
            data: {set: mnist, folder: c}
            split: {groups: [[0]], left_out: [1]}
            strategy: gates
            network: {hidden: [9], growth: 1}
            gates: {estimator: concrete, slope: 2, budget: 0.5}
            training: {iterations: 9, optimizer: sgd, learning_rate_factor: 2, class_weights: {a: 2}}
            threads: 1
            checkpoint: {every: 60s, learner: keep}
            inference: {features: 20, task: auto, strangers: [noise]}
            report: {references: [joint], continual: 9, predictions: true}
            output: {folder: d}
            """,
            """
            data: {set: mnist}
            split: {permuted: 2, left_out: 1}
            strategy: {ewc: {lambda: 1}}
            network: {growth: {share: 1}}
            gates: {estimator: {concrete: {temperature: 1}}, slope: {schedule: linear}}
            training: {learning_rate_factor: {schedule: exponential}, validation: 0.1, patience: 5, class_weights: balanced}
            report: {continual: {every: 9}}
            """,
            """
            data: {set: mnist}
            network: {growth: {units: 9}}
            selection: {held_out: 0.2, tasks: 1}
            """,
            """
            data: {set: mnist}
            scenario: domain
            inference: {task: auto}
            stream: {borders: gradual, width: 0.1, repeats: [a, 1], horizon: 9}
            """,
            """
            data: {set: mnist}
            tune:
              try: {training.learning_rate: {from: 0.1, to: 1, count: 2, scale: log}, strategy: [er]}
              by: acc
              held_out: 0.2
              tasks: 1
              seeds: [9]
              trials: 9
            """,
            """
            data: {set: mnist}
            split: {rotated: [0]}
            network: {layers: [{conv: {maps: 1, kernel: 1}}, {dense: 1}], growth: none, from: e}
            gates: {estimator: {concrete: {temperature: {schedule: cosine, end: 1}}}, slope: {schedule: hat}}
            report: {continual: none}
            """,
            """
            data: {set: mnist}
            network:
              layers: [{dense: 1, exit: margin}, {dense: 1, sees: both, pool: 2, adversarial: 0.1, noise: 0.1}]
              input_noise: 0.1
              held_out: 0.1
              budget: 9
              exit_neurons: st-sigmoid
            """,
            """
            data: {set: mnist}
            network:
              hidden: [9]
              exits:
                layers: [{dense: 1, exit: margin, sees: both, pool: 2, adversarial: 0.1, noise: 0.1}, {dense: 1}]
                input_noise: 0.1
                held_out: 0.1
                budget: 9
            """,
            """
            data: {set: mnist}
            network:
              hidden: [9]
              exits: {layers: [{dense: 1, gater: {hidden: [9], blocks: 1, open: 0.1, estimator: st-open, target: budget, rate: 2}}]}
            """,
            """
            data: {set: mnist}
            network:
              hidden: [9]
              exits: {layers: [{dense: 1, gater: {hidden: 9, blocks: 1, open: 0.1, estimator: {sts: {scale: 2}}, target: {kl: {weight: 2}}}}]}
            """,
            """
            data: {set: mnist}
            network:
              layers: [{dense: 1, exit: {budget: 9}}, {dense: 1, gater: {hidden: [9], blocks: 1, open: 0.1, estimator: st-open, target: budget, rate: 2}}]
            """,
            """
            data: {set: mnist}
            network:
              layers: [{dense: 1, gater: {hidden: 9, blocks: 1, open: 0.1, estimator: {sts: {scale: 2}}, target: {kl: {weight: 2}}}}]
            """,
            """
            data: {set: mnist}
            network: {hidden: [9]}
            gates: {estimator: st-sigmoid, groups: 2, slope: {schedule: linear, rate: -1, limit: 0.5}}
            """,
            """
            data: {set: mnist}
            network: {hidden: [9]}
            gates: {gater: {hidden: 9, pool: 2, open: 0.1, target: budget, rate: 2}}
            """,
            """
            data: {set: mnist}
            network: {hidden: [9]}
            gates: {gater: {hidden: [9], open: 0.1, target: {kl: {weight: 2}}}}
            """,
            """
            data: {set: mnist}
            network: {units: binary, hidden: [9]}
            gates: {slope: {schedule: constant}}
            """,
            """
            data: {set: mnist}
            generator: {latents: [9], hidden: [9], class: 1, estimator: st-sigmoid, slope: 2, evaluate: {images: 9}}
            """,
            """
            data: {set: mnist}
            generator:
              latents: [{variables: 1, choices: 2}]
              hidden: none
              class: given
              estimator: {gumbel-softmax: {temperature: {schedule: linear}}}
              slope: {schedule: linear}
              evaluate: {images: all}
            """,
            """
            data: {set: mnist}
            generator: {class: unsupervised, consistency: {weight: {schedule: linear}}}
            """,
            """
            data: {set: mnist}
            generator: {class: 9, consistency: {weight: 9, radius: 9, shift: 9, entropy: 9}}
            """,
            """
            data: {set: mnist}
            generator: {class: none}
            """,
            "data: {set: idx, files: a}",
            "data: {set: images, folder: a, resize: 28, colour: rgb}",
            "data: {set: images, folder: a, test_share: 0.5, resize: {width: 28, height: 28}}",
            """
            data:
              set: csv
              train: a
              test: b
              delimiter: semicolon
              quote: apostrophe
              decimal: comma
              thousands: point
              encoding: utf-8
              skip_lines: 1
              dates: [{column: e, format: yyyy, as: [year]}]
              header: none
              names: [a, b, c, d, e]
              task_column: b
              label: a
              categorical: [c]
              exclude: [d]
              missing: {text: a, fill: 1}
            """,
            """
            data: {set: csv, file: a, label: a, test_share: 0.5, missing: {text: [a], fill: mean}}
            """,
            """
            data: {set: csv, file: a, label: a, test_share: 0.5, task_column: {column: b, bounds: [1], feature: keep}}
            """,
            """
            data: {set: csv, file: a, label: a, test_share: 0.5, task_column: {column: b, format: yyyy, bounds: ['1999']}}
            """,
            """
            data: {set: csv, file: a, label: a, test_share: 0.5, task_column: {column: b, parts: 4}}
            """,
            """
            data: {set: csv, file: a, label: a, test_share: 0.5, clusters: 3}
            """,
            """
            data: {set: csv, label: a, tasks: [{name: a, train: b, test: c}]}
            """,
            """
            data: {set: csv, target: a, file: b, test_share: 0.5, task_column: c}
            """,
            """
            data: {set: csv, label: a, tasks: [{name: a, file: b}], test_share: 0}
            """,
            """
            data: {set: mnist}
            compare: {seeds: [1], variants: [{name: a, set: {training.epochs: 1}}]}
            """);

    private SchemaScripts() {}

    /** All of them. */
    static ImmutableList<String> all() {
        ImmutableList.Builder<String> scripts = ImmutableList.<String>builder().addAll(WAYS);
        DataSets.TABLE.stream()
                .map(DataSource::name)
                .filter(set -> !WITH_MORE.contains(set))
                .forEach(set -> scripts.add("data: {set: %s}".formatted(set)));
        Optimizers.BY_NAME
                .keySet()
                .forEach(name -> scripts.add(DEFAULTS + "\ntraining: {optimizer: %s}".formatted(name)));
        return scripts.build();
    }
}
