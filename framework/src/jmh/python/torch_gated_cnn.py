#!/usr/bin/env python3
"""Speed and accuracy peer: the training step of a gated CNN in PyTorch on the CPU.

Network: 28x28x1 -> 32 maps 5x5 -> ReLU -> gate per map -> max pool 2 -> 64 maps 5x5 -> ReLU -> gate -> max pool 2
-> 256 -> ReLU -> gate -> a two-way head per task; Adam on weights. Prints one JSON line.

Gates are given (all open, or a share of each layer open); "masked" multiplies by 0 and 1, as a gated network in PyTorch
does; "none" leaves the gates out altogether: the fastest that all open can be. "small" is a network that has the open
units only.

Debian: apt-get install python3-torch python3-numpy
Run:    OPENBLAS_CORETYPE=Cooperlake OMP_NUM_THREADS=2 /usr/bin/python3 torch_gated_cnn.py --open 1 --gates masked
"""
import argparse
import json
import os
import statistics
import time

import torch
import torch.nn.functional as F


class Net:
    """Plain tensors and autograd: no module overhead."""

    def __init__(self, maps1, maps2, dense, classes, opened, masked):
        def weights(*shape):
            fan = 1
            for s in shape[1:]:
                fan *= s
            bound = (6.0 / fan) ** 0.5
            return (torch.empty(*shape).uniform_(-bound, bound).requires_grad_(),
                    torch.zeros(shape[0]).requires_grad_())

        self.layers = [weights(maps1, 1, 5, 5), weights(maps2, maps1, 5, 5), weights(dense, maps2 * 16),
                       weights(classes, dense)]
        self.gates = None
        if masked:
            self.gates = []
            for units in (maps1, maps2, dense):
                gate = torch.zeros(units)
                gate[torch.randperm(units)[:max(1, round(opened * units))]] = 1
                self.gates.append(gate.requires_grad_())

    def parameters(self):
        return [p for layer in self.layers for p in layer]

    def forward(self, x):
        (w1, b1), (w2, b2), (w3, b3), (w4, b4) = self.layers
        h = F.max_pool2d(F.relu(F.conv2d(x, w1, b1)), 2)
        if self.gates:
            h = h * self.gates[0].view(1, -1, 1, 1)
        h = F.max_pool2d(F.relu(F.conv2d(h, w2, b2)), 2)
        if self.gates:
            h = h * self.gates[1].view(1, -1, 1, 1)
        h = F.relu(F.linear(h.flatten(1), w3, b3))
        if self.gates:
            h = h * self.gates[2]
        return F.linear(h, w4, b4)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--open", type=float, default=1)
    parser.add_argument("--gates", choices=["masked", "none", "small"], default="masked")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--channels-last", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(1)
    share = options.open if options.gates == "small" else 1
    net = Net(round(32 * share), round(64 * share), round(256 * share), 2, options.open, options.gates == "masked")
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    data = torch.rand(16 * options.batch, 1, 28, 28)
    labels = torch.randint(0, 2, (16 * options.batch,))
    if options.channels_last:
        data = data.contiguous(memory_format=torch.channels_last)

    def step(i):
        rows = slice(i % 16 * options.batch, (i % 16 + 1) * options.batch)
        loss = F.cross_entropy(net.forward(data[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    for i in range(20):
        step(i)
    walls, cpus = [], []
    for _ in range(options.repetitions):
        wall, cpu = time.perf_counter(), time.process_time()
        for i in range(options.steps):
            step(i)
        walls.append((time.perf_counter() - wall) * 1e3 / options.steps)
        cpus.append((time.process_time() - cpu) * 1e3 / options.steps)
    print(json.dumps({"gates": options.gates, "open": options.open, "batch": options.batch,
                      "ms_per_step": round(statistics.median(walls), 3), "least_ms": round(min(walls), 3),
                      "cpu_ms_per_step": round(statistics.median(cpus), 3), "threads": torch.get_num_threads(),
                      "core": os.environ.get("OPENBLAS_CORETYPE"), "torch": torch.__version__}))


if __name__ == "__main__":
    main()
