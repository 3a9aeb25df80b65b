"""载入 (source): YAML files to typed values, with every problem at its line and column.

``generator.source`` knows nothing of cases or policies: the model is passed in.
"""
