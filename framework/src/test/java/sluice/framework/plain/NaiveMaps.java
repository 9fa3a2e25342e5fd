package sluice.framework.plain;

import java.util.Arrays;
import java.util.List;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.network.NetworkShape;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.tasks.Shape;

/** A network that begins with convolutions, example by example in double precision, loop by loop as they are defined. */
final class NaiveMaps {
    private final Shape.Channels input;
    private final List<LayerShape> layers;
    private final List<ParameterBlock> blocks;

    NaiveMaps(NetworkShape shape, List<ParameterBlock> blocks) {
        this.input = (Shape.Channels) shape.input();
        this.layers = shape.layers();
        this.blocks = blocks;
    }

    /** The outputs of all layers for one example, the logits last. */
    double[][] outputs(double[] parameters, double[] inputs, double[][] gates) {
        double[][] outputs = new double[blocks.size()][];
        double[] below = inputs;
        int height = input.height();
        int width = input.width();
        for (int l = 0; l < blocks.size(); l++) {
            double[] gate = l < gates.length ? gates[l] : null;
            if (l < layers.size() && layers.get(l) instanceof Convolution convolution) {
                double[][][] maps = maps(convolution, blocks.get(l), parameters, below, height, width);
                double[][][] pooled = new double[maps.length][][];
                for (int u = 0; u < maps.length; u++) {
                    pooled[u] = pooled(convolution, maps[u], gate[u]);
                }
                height = pooled[0].length;
                width = pooled[0][0].length;
                below = Arrays.stream(pooled)
                        .flatMap(Arrays::stream)
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
            } else {
                below = dense(blocks.get(l), parameters, below, gate);
            }
            outputs[l] = below;
        }
        return outputs;
    }

    private static double[][][] maps(
            Convolution convolution, ParameterBlock block, double[] parameters, double[] below, int height, int width) {
        int kernel = convolution.kernel();
        boolean same = convolution.padding() == Padding.SAME;
        int before = same ? (kernel - 1) / 2 : 0;
        int rows = same ? height : height - kernel + 1;
        int columns = same ? width : width - kernel + 1;
        double[][][] maps = new double[block.units()][rows][columns];
        for (int u = 0; u < block.units(); u++) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    double sum = parameters[block.biases() + u];
                    for (int i = 0; i < block.inputs(); i++) {
                        int channel = i / (kernel * kernel);
                        int row = y + i / kernel % kernel - before;
                        int column = x + i % kernel - before;
                        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                        sum += inside
                                ? parameters[block.weight(i, u)] * below[(channel * height + row) * width + column]
                                : 0;
                    }
                    maps[u][y][x] = Math.max(0, sum);
                }
            }
        }
        return maps;
    }

    private static double[][] pooled(Convolution convolution, double[][] map, double gate) {
        int side = convolution.pool();
        double[][] pooled = new double[map.length / side][map[0].length / side];
        for (int y = 0; y < pooled.length; y++) {
            for (int x = 0; x < pooled[0].length; x++) {
                double sum = 0;
                double most = 0;
                for (int k = 0; k < side * side; k++) {
                    double value = map[y * side + k / side][x * side + k % side];
                    sum += value;
                    most = Math.max(most, value);
                }
                pooled[y][x] = gate * (convolution.pooling() == Pooling.MAX ? most : sum / (side * side));
            }
        }
        return pooled;
    }

    /** Logits, where there is no gate. */
    private static double[] dense(ParameterBlock block, double[] parameters, double[] below, double[] gate) {
        double[] units = new double[block.units()];
        for (int u = 0; u < units.length; u++) {
            units[u] = parameters[block.biases() + u];
            for (int i = 0; i < block.inputs(); i++) {
                units[u] += below[i] * parameters[block.weight(i, u)];
            }
            units[u] = gate == null ? units[u] : Math.max(0, units[u]) * gate[u];
        }
        return units;
    }

    /** The mean cross-entropy of a batch, all outputs competing. */
    double loss(double[] parameters, Batch batch, double[][] gates) {
        double loss = 0;
        for (int row = 0; row < batch.size(); row++) {
            double[] logits = outputs(parameters, NaiveNetwork.inputs(batch, row), gates)[blocks.size() - 1];
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            loss += (Math.log(sum) - logits[batch.target(row)]) / batch.size();
        }
        return loss;
    }
}
