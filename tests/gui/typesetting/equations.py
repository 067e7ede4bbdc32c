r"""The equations a lecture on recurrent networks writes down; every one of them must typeset."""

EQUATIONS = (
    r"z^{t} = \sigma(u^{t})",
    r"u^{t} = x^{t} W_{\mathrm{in}} + z^{t-1} W",
    r"\delta^{t} = dz^{t} \odot z^{t} \odot (1 - z^{t})",
    r"\frac{\partial L}{\partial W} \mathrel{+}= (z^{t-1})^{\top} \delta^{t}",
    r"L = \sum_{t=1}^{T} L^{t}",
    r"L^{t} = \tfrac{1}{2} \lVert y^{t} - d^{t} \rVert^{2}",
    r"g \leftarrow g \cdot \min\left(1, \frac{\theta}{\lVert g \rVert}\right)",
    r"\mathrm{tanh}(u) = \frac{e^{u} - e^{-u}}{e^{u} + e^{-u}}",
    r"\hat{y}^{t}, \tilde{H}^{t}, \bar{x}, \vec{v}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{aligned} u^{t} &= x^{t} W_{\mathrm{in}} \\ z^{t} &= \sigma(u^{t}) \end{aligned}",
    r"W \leftarrow W - \eta \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}",
    r"f(u) = \max(0, u)",
    r"\mathbf{W} \cdot \mathbf{x}",
    r"C^{t} = F \odot C^{t-1} + G \odot I",
    r"\delta^{t-1} = \delta^{t} W^{\top} \odot f'(u^{t-1})",
    r"f'(u) = \begin{cases} 1 & u > 0 \\ 0 & u \le 0 \end{cases}",
    r"\frac{\partial L}{\partial z^{t-1}} = \prod_{k=t}^{T} \frac{\partial z^{k}}{\partial z^{k-1}}",
    r"\textcolor{backward}{\delta^{t}} = \textcolor{forward}{z^{t}} - d^{t}",
    r"\operatorname{softmax}(x)_{j} = \frac{\exp(x_{j})}{\sum_{k} \exp(x_{k})}",
)
