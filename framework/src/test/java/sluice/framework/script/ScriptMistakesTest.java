package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptMistakesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            thread: 2       | mine.yaml:2: unknown key 'thread': did you mean 'threads'?
            sed: 2          | mine.yaml:2: unknown key 'sed': did you mean 'seed'?
            lr: 2           | mine.yaml:2: unknown key 'lr': choose one of name, description, data, split,
            training:~  epoch: 3     | mine.yaml:3: training: unknown key 'epoch': did you mean 'epochs'?
            training:~  batch-size: 3 | mine.yaml:3: training: unknown key 'batch-size': did you mean 'batch_size'?
            split:~  group: [[0]]    | mine.yaml:3: split: unknown key 'group': did you mean 'groups'?
            network: {hiden: [3]}    | mine.yaml:2: network: unknown key 'hiden': did you mean 'hidden'?
            output: {path: x}        | mine.yaml:2: output: unknown key 'path': choose one of folder
            gates: {slope: {strat: 1}} | mine.yaml:2: gates.slope: unknown key 'strat': did you mean 'start'?
            gates: {neuron: sigmoyd} | mine.yaml:2: gates.neuron: unknown choice 'sigmoyd': did you mean 'sigmoid'?
            scenario: clas           | mine.yaml:2: scenario: unknown choice 'clas': did you mean 'class'?
            scenario: all            | mine.yaml:2: scenario: unknown choice 'all': choose one of task, domain, class
            split: {class_order: shufled} | mine.yaml:2: split.class_order: unknown choice 'shufled': did you mean 'shuffled'?
            report: {forgetting: frist} | mine.yaml:2: report.forgetting: unknown choice 'frist': did you mean 'first'?
            report:~  references: [join] | mine.yaml:3: report.references[0]: unknown choice 'join': did you mean 'joint'?
            report: {refs: []}       | mine.yaml:2: report: unknown key 'refs': choose one of forgetting, references
            gates: {granularity: x}  | gates.granularity: unknown choice 'x': choose one of mini-batch, per-example
            data: {set: mnist}       | mine.yaml:2: data: given twice, first at
            training: {epochs: 1, epochs: 2} | mine.yaml:2: training.epochs: given twice, first at mine.yaml:2: keep one
            """)
    void unknownAndRepeatedKeysAreNamedWithTheirLine(String script, String complaint) throws IOException {
        assertComplaint(script, complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            training:~  epochs: many | mine.yaml:3: training.epochs: must be a whole number in [1, 100000], got many
            training:~  epochs:~  - 3 | mine.yaml:3: training.epochs: must be a whole number, got a list
            training:~  epochs:      | mine.yaml:3: training.epochs: must be a whole number, got nothing
            training:~  epochs: ~    | mine.yaml:3: training.epochs: must be a whole number, got nothing
            training: {epochs: '3'}  | training.epochs: must be a whole number, got the text '3': a number has no quotes
            training: {epochs: 2.5}  | training.epochs: must be a whole number in [1, 100000], got 2.5
            training: {epochs: 1e2}  | training.epochs: must be a whole number in [1, 100000], got 1e2
            training: {epochs: 0x10} | training.epochs: must be a whole number in [1, 100000], got 0x10
            training: {epochs: 010}  | training.epochs: got 010, which YAML readers take for different numbers: write 10
            training: {epochs: 1_000} | training.epochs: got 1_000: write 1000, without underscores
            training:                | mine.yaml:2: training: must be a mapping of epochs, iterations, batch_size,
            training: fast           | mine.yaml:2: training: must be a mapping of epochs,
            name: [a]                | mine.yaml:2: name: must be text, got a list
            name: {a: 1}             | mine.yaml:2: name: must be text, got a mapping
            name: null               | mine.yaml:2: name: must be text, got nothing
            name: ../x               | mine.yaml:2: name: must be at most 100 letters
            description: "a\\nb"     | mine.yaml:2: description: must be one line of text
            seed: yes                | mine.yaml:2: seed: must be a whole number in [-9223372036854775808, 92
            threads: all             | mine.yaml:2: threads: must be a whole number in [1, 256], got all
            threads:                 | mine.yaml:2: threads: must be a whole number, got nothing
            network: {hidden: 400}   | mine.yaml:2: network.hidden: must be a list of 1 to 20 layer sizes
            network: {hidden: []}    | mine.yaml:2: network.hidden: must be a list of 1 to 20 layer sizes
            network:~  hidden:~  - 1~  - x | mine.yaml:5: network.hidden[1]: must be a whole number in [1, 100000], got x
            gates: {estimator: {a: {b: x}}} | gates.estimator.a.b: must be a finite number, got x
            gates: {estimator: {a: {}, b: {}}} | gates.estimator: must be a name or {name: {parameter: value}}
            gates: {estimator: {a: 1}} | gates.estimator.a: must be a mapping of parameters to numbers or schedules, got 1
            gates: {estimator: [a]}  | gates.estimator: must be text, got a list
            report: {references: joint} | mine.yaml:2: report.references: must be a list of joint, independent, got joint
            report: {references: [joint, joint]} | mine.yaml:2: report.references[1]: joint is there already: remove one
            output: {folder: ''}     | mine.yaml:2: output.folder: must be a folder, got nothing
            """)
    void valuesOfTheWrongKindAreNamedWithTheirLine(String script, String complaint) throws IOException {
        assertComplaint(script, complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            training:~  epochs: 0    | mine.yaml:3: training.epochs: must be in [1, 100000], got 0
            training: {epochs: 100001} | training.epochs: must be in [1, 100000], got 100001
            training: {iterations: 0} | mine.yaml:2: training.iterations: must be in [1, 100000000], got 0
            training: {iterations: 1.5} | mine.yaml:2: training.iterations: must be a whole number in [1, 100000000], got 1.5
            training: {batch_size: 99999999999999999999999} | training.batch_size: must be in [1, 100000], got 9999
            training: {learning_rate: 0} | training.learning_rate: must be above 0, got 0
            training: {learning_rate: .inf} | training.learning_rate: must be a finite number above 0, got .inf
            training: {learning_rate: .NaN} | training.learning_rate: must be a finite number above 0, got .NaN
            training: {learning_rate: NaN} | training.learning_rate: must be a finite number above 0, got NaN
            training: {learning_rate: 1e999} | training.learning_rate: must be finite, got 1e999
            training: {learning_rate: 1e-999} | training.learning_rate: must be above 0, got 1e-999
            training: {optimizer: sgd, momentum: 1} | training.momentum: must be in [0, 1), got 1
            training: {optimizer: ''} | training.optimizer: must be a name, got nothing
            training: {weight_decay: -1} | training.weight_decay: must be at least 0, got -1
            seed: 9223372036854775808 | mine.yaml:2: seed: must be in [-9223372036854775808, 9223372036854775807], got
            threads: 0               | mine.yaml:2: threads: must be in [1, 256], got 0
            threads: 257             | mine.yaml:2: threads: must be in [1, 256], got 257
            gates: {hold: 0}         | mine.yaml:2: gates.hold: must be in [1, 1000], got 0
            gates: {hold: 2, estimator: rebar} | gates.hold: must be 1 for estimator rebar, which remembers earlier steps: with numbers
            gates: {logit_mean: .inf} | mine.yaml:2: gates.logit_mean: must be a finite number, got .inf
            gates: {slope: 0}        | mine.yaml:2: gates.slope: must be above 0, got 0
            gates: {slope: {schedule: exponential, rate: 0}} | gates.slope.rate: must be above 0, got 0
            gates: {slope: {schedule: exponential, rate: 0.9}} | gates.slope.limit: is missing: write for instance limit: 0.1
            gates: {slope: {schedule: linear, rate: -1, limit: 2}} | gates.slope.limit: must be at most start, which is 1.0
            gates: {slope: {schedule: linear, rate: -1, limit: 0}} | gates.slope.limit: must be above 0, got 0
            gates: {slope: {schedule: linear, rate: 0}} | gates.slope.rate: must not be 0: choose schedule: constant
            gates: {slope: {schedule: cosine}} | gates.slope.end: is missing: write for instance end: 0.1
            gates: {slope: {schedule: cosine, end: 0}} | gates.slope.end: must be above 0, got 0
            gates: {estimator: {a: {b: {start: -1}}}} | gates.estimator.a.b.start: must be above 0, got -1
            gates: {groups: 1}       | gates.groups: must be in [2, 1000], got 1
            gates: {groups: 1001}    | gates.groups: must be in [2, 1000], got 1001
            network: {hidden: [9, 7]}~gates: {groups: 8} | mine.yaml:3: gates.groups: must be at most the units of each hidden layer, but layer 2 has 7, got 8
            network: {units: binary, hidden: [9, 7]} | network.hidden: must be one layer where units is binary, got [9, 7]
            network: {units: binary} | mine.yaml:2: network.hidden: must be one layer where units is binary, got [400, 400]
            gates: {slope: {schedule: hat, limit: 0.9}} | gates.slope.limit: must be at least 1, got 0.9
            gates: {slope: {schedule: linear, start: 6}} | gates.slope.limit: must be at least start, which is 6.0, got 5.0
            network: {layers: 4} | mine.yaml:2: network.layers: must be a list of 1 to 20 layers
            network: {layers: [4]} | mine.yaml:2: network.layers[0]: must be a layer like {conv: {maps: 32, kernel: 5, pool: 2}} or {dense: 256}, got 4
            network:~  layers:~  - conv: {maps: 4, kernel: 3}~    dense: 3 | mine.yaml:4: network.layers[0]: must be one layer, conv or dense, got 2 keys
            network: {layers: [{conv: {maps: 4, kernel: 3, stride: 2}}]} | mine.yaml:2: network.layers[0].conv: unknown key 'stride'
            network: {layers: [{lstm: {maps: 4}}]} | mine.yaml:2: network.layers[0]: unknown key 'lstm': choose one of conv, dense
            network: {layers: [{conv: {maps: 4}}]} | mine.yaml:2: network.layers[0].conv.kernel: is missing: write for instance kernel: 5
            network: {layers: [{conv: {maps: 4, kernel: 0}}]} | mine.yaml:2: network.layers[0].conv.kernel: must be in [1, 100], got 0
            network: {layers: [{conv: {maps: 4, kernel: 3, pool: 12}}]} | mine.yaml:2: network.layers[0].conv.pool: must be in [1, 11], got 12
            network:~  layers:~  - dense: 4~  - conv: {maps: 4, kernel: 3} | mine.yaml:5: network.layers[1]: a convolution cannot lie on a dense layer
            network: {layers: [{dense: 4, exit: margin}]} | mine.yaml:2: network.layers: the highest layer cannot have an exit, as nothing is above it
            network: {layers: [{dense: 4, exit: margin}, {dense: 4}, {dense: 4, sees: input}]} | mine.yaml:2: network.layers: layer 3 sees the example, which a layer right above an exit may
            network: {layers: [{conv: {maps: 4, kernel: 3}}, {dense: 4, exit: margin}, {dense: 4}]} | network.layers[0]: a network with exits or gaters has dense layers alone
            network: {layers: [{dense: 4, noise: 0.1}]} | network.layers[0].noise: has no meaning where no layer has an exit
            network: {layers: [{dense: 4}, {dense: 4}], budget: 9} | network.budget: has no meaning where no layer has an exit
            network: {hidden: [4], held_out: 0.1} | network.held_out: has no meaning where no layer has an exit
            network: {layers: [{dense: 4, exit: {budget: 9}}, {dense: 4}], budget: 9} | network.layers[0].exit.budget: is the whole network's, which can have one
            network: {layers: [{dense: 4, exit: {budget: 0}}, {dense: 4}]} | network.layers[0].exit.budget: must be in [1, 2147483647], got 0
            network: {layers: [{dense: 4, exit: {budge: 9}}, {dense: 4}]} | network.layers[0].exit: unknown key 'budge'
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0.5, target: {kl: {weight: {schedule: linear}}}}}]} | network.layers[0].gater.target: target kl: weight must be a number: it has no schedule
            network: {layers: [{dense: 10, gater: {blocks: 4, open: 0.5}}]} | network.layers[0].gater: 4 blocks do not divide the 10 units of a layer: use 2 or 5 blocks
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0}}]} | network.layers[0].gater.open: must be in (0, 1], got 0
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 1.5}}]} | network.layers[0].gater.open: must be in (0, 1], got 1.5
            network: {layers: [{dense: 10, gater: {blocks: 5}}]} | network.layers[0].gater.open: is missing
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0.5, estimator: gumbel-softmax}}]} | network.layers[0].gater.estimator: estimator gumbel-softmax is for gates that choose one of several groups
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0.5, target: l2}}]} | network.layers[0].gater.target: unknown target 'l2'
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0.5, target: {kl: {wait: 1}}}}]} | network.layers[0].gater.target: target kl has no parameter 'wait': there is weight
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0.5, target: {kl: {weight: 0}}}}]} | network.layers[0].gater.target: target kl: weight must be above 0, got 0
            network: {layers: [{dense: 10, gater: {blocks: 5, open: 0.5}, exit: margin}, {dense: 4}]} | network.layers: layer 2 sees gated units through an exit
            network: {layers: [{conv: {maps: 4, kernel: 3}, gater: {blocks: 2, open: 0.5}}]} | network.layers[0]: a network with exits or gaters has dense layers alone
            network: {layers: [{dense: 4, exit: margin}, {dense: 4, pool: 2}]} | network.layers: layer 2 has a pool or adversaries of an example that it does not see
            network: {layers: [{dense: 4, exit: margin}, {dense: 4}], held_out: 1} | network.held_out: must be in (0, 1), got 1
            network: {layers: [{dense: 4, exit: margin}, {dense: 4}], growth: auto} | network.growth: has no meaning where a layer has an exit
            network: {layers: [{dense: 4, exit: margin}, {dense: 4}], normalisation: batch} | network.normalisation: has no meaning where a layer has an exit
            network: {layers: [{dense: 4, exit: clear}, {dense: 4}]} | network.layers[0].exit: unknown choice 'clear': choose one of none, margin
            network: {layers: [{dense: 4}], hidden: [4]} | mine.yaml:2: network.hidden: has no meaning beside layers
            network: {layers: [{dense: 4}], units: binary} | mine.yaml:2: network.layers: must not be there where units is binary
            network: {layers: [{dense: 9}, {dense: 7}]}~gates: {groups: 8} | mine.yaml:3: gates.groups: must be at most the units of each hidden layer, but layer 2 has 7, got 8
            network: {hidden: [0]}   | mine.yaml:2: network.hidden[0]: must be in [1, 100000], got 0
            network: {hidden: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]} | network.hidden: must be a list of 1 to 20 layer sizes like [400, 400], got 21 items
            split: {classes_per_task: 0} | split.classes_per_task: must be in [1, 2147483647], got 0
            split: {permuted: 0}     | mine.yaml:2: split.permuted: must be in [1, 10000], got 0
            split: {permuted: 10001}  | mine.yaml:2: split.permuted: must be in [1, 10000], got 10001
            split: {rotated: []}     | mine.yaml:2: split.rotated: must be a list of an angle in degrees per task like [0, 20, 40], got an empty list
            split: {rotated: [0, .nan]} | mine.yaml:2: split.rotated[1]: must be a finite number in [-360, 360], got .nan
            split: {rotated: [.inf]} | mine.yaml:2: split.rotated[0]: must be a finite number in [-360, 360], got .inf
            split: {rotated: [0, 361]} | mine.yaml:2: split.rotated[1]: must be in [-360, 360], got 361
            split: {groups: []}      | mine.yaml:2: split.groups: must be a list of groups of classes
            split: {groups: [[0, -1]]} | mine.yaml:2: split.groups[0][1]: must be in [0, 2147483647], got -1
            """)
    void valuesOutOfRangeAreNamedWithTheirLine(String script, String complaint) throws IOException {
        assertComplaint(script, complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            split:~  classes_per_task: 2~  groups: [[0]] | mine.yaml:3: split.classes_per_task: cannot stand beside groups
            split:~  groups: [[0]]~  class_order: shuffled | mine.yaml:4: split.class_order: cannot stand beside groups
            split:~  permuted: 2~  class_order: given | mine.yaml:4: split.class_order: cannot stand beside permuted
            split:~  rotated: [2]~  class_order: given | mine.yaml:4: split.class_order: cannot stand beside rotated
            split:~  permuted: 2~  classes_per_task: 2 | mine.yaml:4: split.classes_per_task: cannot stand beside permuted: remove one of the two (--set split={permuted: ...} replaces both)
            split:~  permuted: 2~  rotated: [2] | mine.yaml:4: split.rotated: cannot stand beside permuted
            split:~  groups: [[0]]~  rotated: [2] | mine.yaml:4: split.rotated: cannot stand beside groups
            split: {rotated: [20, 0, 20.0]} | mine.yaml:2: split.rotated[2]: angle 20.0 is there already: remove one
            split:~  groups:~  - [0, 1]~  - [2, 0] | mine.yaml:5: split.groups[1][1]: class 0 is in task 1 and in task 2
            split:~  groups:~  - [0, 0]            | mine.yaml:4: split.groups[0][1]: class 0 is in task 1 and in task 1
            split:~  groups:~  - [0]~  - []        | mine.yaml:5: split.groups[1]: must be a list of at least one class
            training:~  epochs: 2~  iterations: 9 | mine.yaml:3: training.epochs: cannot stand beside iterations: remove one
            training: {momentum: 0.9}              | training.momentum: applies only where optimizer is sgd
            gates: {slope: {rate: 1}}              | gates.slope.rate: has no meaning where schedule is constant
            gates: {slope: {schedule: constant, limit: 1}} | choose a schedule that takes it (linear, exponential, hat)
            gates: {slope: {schedule: linear, end: 1}} | gates.slope.end: has no meaning where schedule is linear
            gates: {slope: {schedule: cosine, end: 1, rate: 1}} | gates.slope.rate: has no meaning where schedule is cosine
            gates: {estimator: {a: {b: {schedule: hat, end: 1}}}} | gates.estimator.a.b.end: has no meaning where schedule
            gates: {slope: {schedule: hat, start: 1}} | gates.slope.start: has no meaning where schedule is hat
            """)
    void settingsThatContradictEachOtherAreRefused(String script, String complaint) throws IOException {
        assertComplaint(script, complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: x             | mine.yaml:1: data.set: is missing: write for instance set: mnist
            name: x~data: {}    | mine.yaml:2: data.set: is missing: write for instance set: mnist
            data: {set: mnist, train_size: 9} | mine.yaml:1: data.train_size: applies only where set is digits, here it is mnist
            data: {set: mnist, seed: 9} | mine.yaml:1: data.seed: applies only where set is digits
            data: {set: digits, train_size: 9} | mine.yaml:1: data.train_size: must be in [10, 1000000], got 9
            data: {set: digits, folder: x} | mine.yaml:1: data.folder: has no meaning where set is digits
            data: {set: [mnist]} | mine.yaml:1: data.set: must be text, got a list
            data:~  set: mnist~  normalisation: units | mine.yaml:3: data.normalisation: unknown choice 'units'
            """)
    void dataThatCannotBeMeantIsRefused(String script, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, lines(script)).complaint()).contains(complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            gates: {budget: 0}               | gates.budget: must be in (0, 1], got 0
            gates: {budget: 1.5}             | gates.budget: must be in (0, 1], got 1.5
            gates: {budget: -0.1}            | gates.budget: must be in (0, 1], got -0.1
            gates: {budget: a lot}           | gates.budget: must be a finite number in (0, 1], got a lot
            gates: {budget: 0.001}           | gates.budget: leaves none of the 400 units of hidden layer 1 open: make it larger, got 0.001
            gates: {budget: 0.5, groups: 4}  | gates.budget: has no meaning beside groups
            gates: {reuse: forbidden, groups: 4} | gates.reuse: has no meaning beside groups
            gates: {reuse: never}            | gates.reuse: unknown choice 'never'
            gates: {reuse_price: 2}          | gates.reuse_price: must be in [0, 1], got 2
            network: {growth: 0}             | network.growth: must be in (0, 100], got 0
            network: {growth: -0.5}          | network.growth: must be in (0, 100], got -0.5
            network: {growth: fast}          | network.growth: must be auto, separate, none, a share like 0.25, {share: 0.25, threshold: 0.25}, or {units: 50}, got fast
            network: {growth: {threshold: 0.5}} | network.growth.share: is missing
            network: {growth: {units: 0}}    | network.growth.units: must be in [1, 100000], got 0
            network: {growth: {units: 3, share: 1}} | network.growth.share: has no meaning beside units, which are as many in every layer: remove one
            network: {growth: {share: 0}}    | network.growth.share: must be in (0, 100], got 0
            network: {growth: {share: 1, threshold: 1.1}} | network.growth.threshold: must be in [0, 1], got 1.1
            network: {growth: {share: 1, threshold: -1}} | network.growth.threshold: must be in [0, 1], got -1
            network: {growth: [1]}           | network.growth: must be text, got a list
            network: {growth: auto, units: binary, hidden: [9]} | network.growth: has no meaning where units is binary
            report: {evaluate: some}         | report.evaluate: unknown choice 'some'
            report: {continual: 0}           | report.continual: must be in [1, 2147483647], got 0
            report: {continual: often}       | report.continual: must be none, a number of steps like 50, or {every: 50, examples: 1000}, got often
            report: {continual: 2.5}         | report.continual: must be a whole number in [1, 2147483647], got 2.5
            report: {continual: {examples: 9}} | report.continual.every: is missing
            report: {continual: {every: 9, examples: 0}} | report.continual.examples: must be in [1, 2147483647], got 0
            report: {continual: {every: 9, most: 1}} | report.continual: unknown key 'most': choose one of every, examples
            report: {continual: [50]}        | report.continual: must be text, got a list
            """)
    void growthBudgetAndReuseOutsideOfTheirRangesAreRefused(String script, String complaint) throws IOException {
        assertComplaint(script, "mine.yaml:2: " + complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "granularity: per-example",
                "hold: 4",
                "groups: 2",
                "sparsity: 0.2",
                "reuse_price: 0",
                "reuse: allowed",
                "budget: 0.5",
                "logit_mean: 1",
                "logit_spread: 0.1",
                "logit_limit: 6",
                "learning_rate: 0.1"
            })
    void whatOnlyGatesHaveIsRefusedForBinaryUnits(String key) throws IOException {
        assertComplaint(
                "network: {hidden: [9], units: binary}~gates:~  " + key,
                "mine.yaml:4: gates.%s: has no meaning where network.units is binary"
                        .formatted(key.substring(0, key.indexOf(':'))));
    }

    private void assertComplaint(String script, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, "data: {set: mnist}\n" + lines(script))
                        .complaint())
                .contains(complaint);
    }

    /** Line ends are written ~ in the tables; a lone ~ as a value stays. */
    private static String lines(String script) {
        return script.replaceAll("(?<! )~", "\n");
    }
}
