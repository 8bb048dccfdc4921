version = "1.2.3"
from setuptools import setup
setup(name="pot", version=version, install_requires=["lid==1.2.3"])
